package io.tidemark.jobs.embedding.backend;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** all-MiniLM-L6-v2 in this process, on ONNX Runtime. */
public final class OnnxBackend implements EmbeddingBackend {

    private static final String HIDDEN = "last_hidden_state";
    private static final int SHORT_HASH = 12;

    private final OnnxProvider provider;
    private final int concurrency;
    private final ReadWriteLock openness = new ReentrantReadWriteLock();
    private OrtEnvironment environment;
    private OrtSession session;
    private String id = "";
    private boolean pooled;

    /**
     * A backend that is not open.
     *
     * @param concurrency batches that run at the same time, each on one core, at least 1
     */
    public OnnxBackend(OnnxProvider provider, int concurrency) {
        this.provider = provider;
        this.concurrency = concurrency;
    }

    /** On processors. */
    public static OnnxBackend cpu(int concurrency) {
        return new OnnxBackend(OnnxProvider.CPU, concurrency);
    }

    @Override
    public void open() throws EmbeddingException {
        openness.writeLock().lock();
        try {
            if (session == null) {
                load();
            }
        } catch (IOException | OrtException | IllegalStateException e) {
            throw EmbeddingException.lasting("%s cannot be opened: %s".formatted(provider.name(), e.getMessage()), e);
        } finally {
            openness.writeLock().unlock();
        }
    }

    private void load() throws IOException, OrtException, EmbeddingException {
        environment = RuntimeGuard.environment();
        Path weights = MiniLm.weights();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // one core a batch, several batches at once: twice the work of several cores on one batch
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            String device = provider.configure(options);
            pooled = provider.poolsInTheGraph();
            if (pooled) {
                FusedPooling.append(weights, HIDDEN, MiniLm.DIMENSIONS);
            }
            session = RuntimeGuard.call(() -> environment.createSession(weights.toString(), options));
            id = "%s@%s/fp32/onnxruntime-%s/mean-l2"
                    .formatted(MiniLm.NAME, MiniLm.SHA256.substring(0, SHORT_HASH), device);
        } finally {
            Files.deleteIfExists(weights);
        }
    }

    @Override
    public float[][] embed(int[][] tokens) throws EmbeddingException {
        openness.readLock().lock();
        try {
            if (session == null) {
                throw EmbeddingException.lasting("the backend is closed", null);
            }
            return RuntimeGuard.call(() -> run(PaddedBatch.of(tokens), tokens));
        } catch (OrtException e) {
            throw EmbeddingException.passing(
                    "%s failed on a batch of %d texts: %s".formatted(id, tokens.length, e.getMessage()), e);
        } catch (IllegalStateException e) {
            throw EmbeddingException.lasting(e.getMessage(), e);
        } finally {
            openness.readLock().unlock();
        }
    }

    private float[][] run(PaddedBatch batch, int[][] tokens) throws OrtException {
        try (OnnxTensor ids = tensor(batch.ids(), batch);
                OnnxTensor mask = tensor(batch.mask(), batch);
                OnnxTensor types = tensor(new long[batch.ids().length], batch);
                OrtSession.Result result = session.run(
                        Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types),
                        Set.of(pooled ? FusedPooling.OUTPUT : HIDDEN))) {
            OnnxTensor output = (OnnxTensor) result.get(0);
            return pooled
                    ? (float[][]) output.getValue()
                    : Pooling.mean(output.getFloatBuffer(), tokens, batch.longest(), MiniLm.DIMENSIONS);
        }
    }

    private OnnxTensor tensor(long[] values, PaddedBatch batch) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), batch.shape());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int dimensions() {
        return MiniLm.DIMENSIONS;
    }

    @Override
    public int maximumTokens() {
        return MiniLm.MAXIMUM_TOKENS;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public void close() {
        openness.writeLock().lock();
        try {
            if (session != null) {
                OrtSession closing = session;
                session = null;
                RuntimeGuard.call(() -> {
                    closing.close();
                    return null;
                });
            }
        } catch (OrtException | IllegalStateException e) {
            // the process ends, or the session is gone already: nothing is left to give back
            session = null;
        } finally {
            openness.writeLock().unlock();
        }
    }
}
