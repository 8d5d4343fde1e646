# The jobs with CUDA 12: for the embedding operator with its backend onnx-cuda. A machine with CUDA 13 only uses the plain image and a
# server of its own (backend kserve-v2).
#   docker build -f deploy/images/flink-gpu.Dockerfile --build-arg BASE=tidemark/flink-jobs -t tidemark/flink-jobs-gpu .
ARG BASE=tidemark/flink-jobs
FROM maven:3.9.9-eclipse-temurin-17 AS natives
RUN mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
      -Dartifact=com.microsoft.onnxruntime:onnxruntime_gpu:1.28.0 -DoutputDirectory=/gpu \
 && mkdir -p /natives && cd /natives && jar xf /gpu/onnxruntime_gpu-1.28.0.jar ai/onnxruntime/native/linux-x64

FROM ${BASE} AS jobs

FROM nvidia/cuda:12.8.1-cudnn-runtime-ubuntu22.04
COPY --from=jobs /opt/java/openjdk /opt/java/openjdk
COPY --from=jobs /opt/flink /opt/flink
COPY --from=jobs /docker-entrypoint.sh /docker-entrypoint.sh
# unpacked once, not by each class loader: the library has 580 MB
COPY --from=natives /natives/ai/onnxruntime/native/linux-x64 /opt/onnxruntime
RUN groupadd --system --gid=9999 flink && useradd --system --home-dir /opt/flink --uid=9999 --gid=flink flink
ENV JAVA_HOME=/opt/java/openjdk FLINK_HOME=/opt/flink PATH=/opt/flink/bin:/opt/java/openjdk/bin:$PATH
ENV JAVA_TOOL_OPTIONS="-Donnxruntime.native.path=/opt/onnxruntime"
USER 9999:9999
WORKDIR /opt/flink
ENTRYPOINT ["/docker-entrypoint.sh"]
