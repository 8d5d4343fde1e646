package io.tidemark.cli.stack;

import io.tidemark.stack.ChildProcess;
import io.tidemark.stack.FreePorts;
import io.tidemark.stack.HostProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A supervised JVM with one or more processes of the platform. It ends when its standard input does, and each process finds by
 * itself where the last one stopped.
 */
final class JavaService {

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

    /** Ours, whatever configuration a library brings along. */
    private static final String LOGGING = "-Dlog4j2.configurationFile=log4j2.xml";

    private final String name;
    private final Map<String, String> metrics;
    private final ChildProcess.Specification specification;
    private volatile ChildProcess child;

    private JavaService(String name, Map<String, String> metrics, ChildProcess.Specification specification) {
        this.name = name;
        this.metrics = metrics;
        this.specification = specification;
        this.child = ChildProcess.start(specification);
    }

    /**
     * Starts a JVM; it may take a while until it is ready.
     *
     * @param name what it is, for people
     * @param file name of its log
     * @param run the run that it works for, empty for live traffic
     * @param flags flags of the virtual machine
     */
    static Part start(
            String name, String file, String run, List<Hosted> processes, List<String> flags, DataDirectory data) {
        Map<String, String> metrics = new TreeMap<>();
        List<String> arguments = new ArrayList<>();
        for (Hosted process : processes) {
            int port = FreePorts.next();
            metrics.put(PartNames.inRun(process.name(), run), "http://127.0.0.1:" + port);
            Map<String, String> settings = new TreeMap<>(process.settings());
            settings.put("metrics.port", Integer.toString(port));
            String written = SettingsFile.write(data.settings(inRun(process.name(), run)), settings)
                    .toString();
            arguments.add(HostProcess.argument(process.mainClass(), "--config=" + written));
        }
        String named = PartNames.inRun(name, run);
        List<String> allFlags = new ArrayList<>(flags);
        allFlags.add(LOGGING);
        ChildProcess.Specification specification = new ChildProcess.Specification(
                named, HostProcess.class, allFlags, arguments, data.log(inRun(file, run)));
        return new JavaService(named, metrics, specification).part();
    }

    private static String inRun(String file, String run) {
        return run.isEmpty() ? file : file + "." + run;
    }

    private Part part() {
        return new Part(
                name,
                metrics,
                () -> child.isAlive(),
                () -> child.pid(),
                () -> child = ChildProcess.start(specification),
                () -> child.stop(STOP_DEADLINE));
    }
}
