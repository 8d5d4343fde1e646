# The Flink jobs, on Flink's own image, whose entry point the operator calls.
#   docker build -f deploy/images/flink.Dockerfile -t tidemark/flink-jobs .
FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
# what Flink's image has already is left out; its connectors it has not
RUN mvn -B -q -DskipTests -Dspotless.check.skip -Dcpd.skip -pl flink-jobs -am package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/lib-all \
      -DexcludeGroupIds=org.apache.logging.log4j,org.slf4j,com.google.code.findbugs \
      -DexcludeArtifactIds=flink-streaming-java,flink-clients,flink-runtime,flink-core,flink-core-api,flink-annotations,flink-metrics-core,flink-rpc-core,flink-rpc-akka-loader,flink-file-sink-common,flink-statebackend-rocksdb,flink-datastream,flink-datastream-api \
 # found before Kafka's client: it replaces one class of it
 && cp flink-jobs/target/tidemark-flink-jobs-*.jar /lib-all/00-tidemark-flink-jobs.jar

FROM flink:2.3.0-java17
COPY --from=build --chown=flink:flink /lib-all /opt/flink/lib
RUN mkdir -p /opt/flink/plugins/s3-fs-presto \
 && cp /opt/flink/opt/flink-s3-fs-presto-2.3.0.jar /opt/flink/plugins/s3-fs-presto/
USER 9999:9999
