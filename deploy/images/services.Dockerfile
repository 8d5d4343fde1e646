# The services: gateway, assembler, sink, migration, alerts, consumers, console. The first argument is the main class.
#   docker build -f deploy/images/services.Dockerfile -t tidemark/services .
FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
# project.build.outputTimestamp is fixed in pom.xml: the same sources give the same jars
RUN mvn -B -q -DskipTests -Dspotless.check.skip -Dcpd.skip \
      -pl ingest/gateway,streams/assembly,streams/alerts,streams/consumers,sink,console -am \
      package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/lib-all \
 && cp ingest/gateway/target/tidemark-*.jar streams/*/target/tidemark-*.jar sink/target/tidemark-*.jar console/target/tidemark-*.jar /lib-all/

FROM eclipse-temurin:17.0.17_10-jre
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin tidemark
COPY --from=build /lib-all /opt/tidemark/lib
USER 10001:10001
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=70 -XX:+ExitOnOutOfMemoryError"
ENTRYPOINT ["java", "-cp", "/opt/tidemark/lib/*"]
