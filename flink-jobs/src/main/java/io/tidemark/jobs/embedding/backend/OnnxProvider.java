package io.tidemark.jobs.embedding.backend;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What ONNX Runtime computes on. */
public enum OnnxProvider {
    /** Processors; vectors are the same to the last bit in whatever batch. */
    CPU {
        @Override
        String configure(OrtSession.SessionOptions options) {
            return "cpu";
        }
    },

    /** An NVIDIA GPU, and nothing else. Needs the Maven profile {@code cuda}. */
    CUDA_STRICT {
        @Override
        String configure(OrtSession.SessionOptions options) throws EmbeddingException {
            try {
                options.addCUDA(FIRST_DEVICE);
            } catch (OrtException e) {
                throw EmbeddingException.lasting(NO_CUDA.formatted(e.getMessage()), e);
            }
            return "cuda";
        }

        @Override
        boolean poolsInTheGraph() {
            return true;
        }
    },

    /** An NVIDIA GPU, or processors where there is none; the id of the backend says which. */
    CUDA_OR_CPU {
        @Override
        String configure(OrtSession.SessionOptions options) {
            try {
                options.addCUDA(FIRST_DEVICE);
                return "cuda";
            } catch (OrtException e) {
                LOG.warn("no CUDA, computing on processors instead: {}", e.getMessage());
                return "cpu-pooled";
            }
        }

        @Override
        boolean poolsInTheGraph() {
            return true;
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(OnnxProvider.class);
    private static final int FIRST_DEVICE = 0;
    private static final String NO_CUDA =
            "no CUDA: %s. The backend onnx-cuda needs a GPU, CUDA 12 and a build with the Maven profile cuda; set"
                    + " embedding.cuda.strict=false to compute on processors instead, or take the backend onnx-cpu";

    /**
     * Chooses the device.
     *
     * @return its name, as in backend ids
     * @throws EmbeddingException when it is not there
     */
    abstract String configure(OrtSession.SessionOptions options) throws EmbeddingException;

    /** Whether the mean over tokens is part of the graph, so that only vectors are copied back from the device. */
    boolean poolsInTheGraph() {
        return false;
    }
}
