package io.tidemark.gateway.server;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Exports bytes over gRPC, compressed as the exporters do. */
final class GrpcClient implements AutoCloseable {

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final MethodDescriptor<byte[], byte[]> EXPORT = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("opentelemetry.proto.collector.trace.v1.TraceService/Export")
            .setRequestMarshaller(BYTES)
            .setResponseMarshaller(BYTES)
            .build();

    private final ManagedChannel channel;

    GrpcClient(ManagedChannel channel) {
        this.channel = channel;
    }

    static GrpcClient plain(int port) {
        return new GrpcClient(
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build());
    }

    byte[] export(byte[] body, Map<String, String> headers) {
        Metadata metadata = new Metadata();
        headers.forEach((name, value) -> metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        Channel withHeaders =
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
        return ClientCalls.blockingUnaryCall(withHeaders, EXPORT, CallOptions.DEFAULT.withCompression("gzip"), body);
    }

    /** A call of which the message has come and the end has not. */
    record HalfSent(ClientCall<byte[], byte[]> call, CompletableFuture<Status.Code> answer) {

        Status.Code finish() {
            call.halfClose();
            return answer.join();
        }
    }

    HalfSent halfSent(byte[] body, String key) {
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
        CompletableFuture<Status.Code> answer = new CompletableFuture<>();
        ClientCall<byte[], byte[]> call = channel.newCall(EXPORT, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        answer.complete(status.getCode());
                    }
                },
                metadata);
        call.request(2);
        call.sendMessage(body);
        return new HalfSent(call, answer);
    }

    Status.Code code(byte[] body, Map<String, String> headers) {
        try {
            export(body, headers);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
