package io.tidemark.gateway.server;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tidemark.gateway.otlp.BodyDecoder.Encoding;
import io.tidemark.gateway.otlp.BodyTooLargeException;
import io.tidemark.gateway.otlp.Inflation;
import io.tidemark.gateway.otlp.Signal;
import io.tidemark.gateway.trust.TenantAccess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionException;

/** OTLP/gRPC. Messages are taken as bytes, so that one that is damaged is answered as the specification wants. */
final class GrpcReceiver {

    private static final String PACKAGE = "opentelemetry.proto.collector.";
    private static final Metadata.Key<byte[]> STATUS_DETAILS =
            Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    /** Stands for a message that is too large once it is decompressed: thrown while it is parsed, the reason would be lost. */
    private static final byte[] TOO_LARGE = {};

    private final Intake intake;
    private final MemoryGate gate;
    private final RequestsUnderWay underWay;
    private final int maximumBytes;

    GrpcReceiver(Intake intake, MemoryGate gate, RequestsUnderWay underWay, int maximumBytes) {
        this.intake = intake;
        this.gate = gate;
        this.underWay = underWay;
        this.maximumBytes = maximumBytes;
    }

    /** The three services. */
    List<ServerServiceDefinition> services() {
        return List.of(
                service("trace.v1.TraceService", Signal.TRACES),
                service("logs.v1.LogsService", Signal.LOGS),
                service("metrics.v1.MetricsService", Signal.METRICS));
    }

    private ServerServiceDefinition service(String name, Signal signal) {
        String service = PACKAGE + name;
        MethodDescriptor<byte[], byte[]> export = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, "Export"))
                .setRequestMarshaller(new Bytes(maximumBytes))
                .setResponseMarshaller(new Bytes(maximumBytes))
                .build();
        return ServerServiceDefinition.builder(service)
                .addMethod(export, handler(signal))
                .build();
    }

    private ServerCallHandler<byte[], byte[]> handler(Signal signal) {
        return (call, headers) -> {
            if (!underWay.begin()) {
                refuse(call, RefusedException.stopping());
                return new ServerCall.Listener<>() {};
            }
            try {
                TenantAccess access = intake.admit(name -> header(headers, name));
                call.request(2);
                return new Exchange(call, signal, access, header(headers, "baggage"));
            } catch (RefusedException e) {
                refuse(call, e);
                return new Counted();
            }
        };
    }

    private static String header(Metadata headers, String name) {
        return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    private void refuse(ServerCall<byte[], byte[]> call, RefusedException refusal) {
        intake.countRefusal(refusal);
        Metadata trailers = new Metadata();
        if (refusal.answer().isRetryable()) {
            trailers.put(STATUS_DETAILS, StatusBodies.status(refusal).toByteArray());
        }
        call.close(Status.fromCode(refusal.answer().grpcCode()).withDescription(refusal.getMessage()), trailers);
    }

    /** A call that has begun: every call ends in one of two ways, once. */
    private class Counted extends ServerCall.Listener<byte[]> {

        @Override
        public void onComplete() {
            underWay.end();
        }

        @Override
        public void onCancel() {
            underWay.end();
        }
    }

    /** One call. */
    private final class Exchange extends Counted {

        private final ServerCall<byte[], byte[]> call;
        private final Signal signal;
        private final TenantAccess access;
        private final String baggage;
        private final MemoryGate.Share share = gate.share();
        private byte[] body;
        private volatile boolean cancelled;

        Exchange(ServerCall<byte[], byte[]> call, Signal signal, TenantAccess access, String baggage) {
            this.call = call;
            this.signal = signal;
            this.access = access;
            this.baggage = baggage;
        }

        @Override
        public void onMessage(byte[] message) {
            body = message;
        }

        @Override
        public void onHalfClose() {
            try {
                if (body == TOO_LARGE) {
                    throw new RefusedException(
                            Answer.TOO_LARGE, "the message has more than %d bytes".formatted(maximumBytes));
                }
                if (body == null) {
                    throw new RefusedException(Answer.MALFORMED, "the call has no message");
                }
                share.grow(body.length);
            } catch (RefusedException e) {
                share.release();
                refuse(call, e);
                return;
            }
            intake.take(signal, Encoding.PROTOBUF, body, body.length, access, baggage)
                    .whenComplete(this::answer);
        }

        @Override
        public void onCancel() {
            cancelled = true;
            share.release();
            super.onCancel();
        }

        private void answer(Taken taken, Throwable failure) {
            share.release();
            if (cancelled) {
                return;
            }
            if (failure == null) {
                call.sendHeaders(new Metadata());
                call.sendMessage(StatusBodies.success(signal, taken));
                call.close(Status.OK, new Metadata());
                return;
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof RefusedException refusal) {
                refuse(call, refusal);
            } else {
                call.close(Status.INTERNAL.withCause(cause), new Metadata());
            }
        }
    }

    private record Bytes(int maximumBytes) implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return Inflation.read(stream, maximumBytes, stream.available());
            } catch (BodyTooLargeException | StatusRuntimeException e) {
                return TOO_LARGE;
            } catch (IOException e) {
                throw new UncheckedIOException("a message that has come cannot be read", e);
            }
        }
    }
}
