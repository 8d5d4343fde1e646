-- 1,000 slices as the lattice makes them of 20 tenants, 20 versions and some intents; `calls` is what one has in a minute.
CREATE TABLE bench_slices ENGINE = Memory AS
SELECT * FROM
(
    SELECT 'all' AS level, '' AS tenant, 0 AS version, '' AS intent, if(number = 1, 'canary', 'production') AS role, if(number = 1, 140, 2660) AS calls
    FROM numbers(2)
    UNION ALL
    SELECT 'version', '', number + 1, '', if(number = 19, 'canary', 'production'), 140 FROM numbers(20)
    UNION ALL
    SELECT 'tenant', concat('tenant-', toString(intDiv(number, 2))), 0, '', if(number % 2 = 1, 'canary', 'production'), if(number % 2 = 1, 7, 133)
    FROM numbers(40)
    UNION ALL
    SELECT 'tenant_version', concat('tenant-', toString(number % 20)), intDiv(number, 20) + 1, '', if(number >= 380, 'canary', 'production'), 7
    FROM numbers(400)
    UNION ALL
    SELECT 'tenant_version_intent', concat('tenant-', toString(number % 20)), intDiv(number % 400, 20) + 1, concat('intent-', toString(intDiv(number, 400))),
        if(number % 400 >= 380, 'canary', 'production'), 3
    FROM numbers(538)
)
