package io.tidemark.jobs.embedding.backend;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps native calls and the end of the process apart. ONNX Runtime frees its environment in a shutdown hook, whether or
 * not a batch is under way, which crashes the JVM (microsoft/onnxruntime#31352). So a second reference to the environment
 * is taken, which nobody gives back, and a hook of our own lets the calls under way finish and no new one begin.
 */
final class RuntimeGuard {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeGuard.class);
    private static final long SHUTDOWN_SECONDS = 10;

    /** The class itself is the first party; each call under way is one more. */
    private static final Phaser CALLS = new Phaser(1);

    private static OrtEnvironment environment;

    private RuntimeGuard() {}

    /** A native call. */
    interface Call<T> {
        T run() throws OrtException;
    }

    /**
     * The environment of this process.
     *
     * @throws OrtException when the native library cannot be loaded
     */
    static synchronized OrtEnvironment environment() throws OrtException {
        if (environment == null) {
            OrtEnvironment created = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING);
            takeSecondReference();
            Runtime.getRuntime().addShutdownHook(new Thread(RuntimeGuard::awaitCalls, "onnxruntime-guard"));
            environment = created;
        }
        return environment;
    }

    /** The native environment counts its references; its Java class takes one only and gives it back at shutdown. */
    private static void takeSecondReference() throws OrtException {
        try {
            Method createHandle =
                    OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            createHandle.setAccessible(true);
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            api.setAccessible(true);
            createHandle.invoke(null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(), "guard");
        } catch (InvocationTargetException e) {
            throw new OrtException("no second reference to the environment: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            LOG.warn("this release of ONNX Runtime is not known; a stop in the middle of a batch may crash the JVM", e);
        }
    }

    /**
     * Makes a native call, unless the process is ending.
     *
     * @throws IllegalStateException when it is
     */
    static <T> T call(Call<T> call) throws OrtException {
        if (CALLS.register() < 0) {
            throw new IllegalStateException("the process is ending");
        }
        try {
            return call.run();
        } finally {
            CALLS.arriveAndDeregister();
        }
    }

    private static void awaitCalls() {
        int phase = CALLS.arriveAndDeregister();
        try {
            CALLS.awaitAdvanceInterruptibly(phase, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn("a batch was still under way after {} s", SHUTDOWN_SECONDS);
        }
    }
}
