"""all-MiniLM-L6-v2: token ids and mask in, vectors of length 1 out. On a GPU in half precision, or with numpy to try the path."""

import math

import numpy

LAYERS, HEADS, WIDTH = 6, 12, 384


class NumpyModel:
    """Slow and exact: it stands in for the GPU where there is none."""

    platform, datatype = "numpy", "FP32"

    def __init__(self, weights):
        self.weights = weights
        self.erf = numpy.vectorize(math.erf, otypes=[numpy.float32])

    def _linear(self, name, x):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def _norm(self, name, x):
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / numpy.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return scaled * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def _heads(self, x):
        texts, length, _ = x.shape
        return x.reshape(texts, length, HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)

    def __call__(self, ids, mask):
        w = self.weights
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = self._norm("embeddings.LayerNorm", x + w["embeddings.token_type_embeddings.weight"][0])
        bias = (1.0 - mask[:, None, None, :]) * -1e9
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}."
            query, key, value = (
                self._heads(self._linear(name + "attention.self." + part, x)) for part in ("query", "key", "value")
            )
            scores = query @ key.transpose(0, 1, 3, 2) / math.sqrt(WIDTH // HEADS) + bias
            shares = numpy.exp(scores - scores.max(-1, keepdims=True))
            attended = (shares / shares.sum(-1, keepdims=True)) @ value
            joined = attended.transpose(0, 2, 1, 3).reshape(x.shape)
            x = self._norm(
                name + "attention.output.LayerNorm", x + self._linear(name + "attention.output.dense", joined)
            )
            inner = self._linear(name + "intermediate.dense", x)
            inner = inner * 0.5 * (1 + self.erf(inner / math.sqrt(2)))
            x = self._norm(name + "output.LayerNorm", x + self._linear(name + "output.dense", inner))
        pooled = (x * mask[:, :, None]).sum(1)
        return (pooled / numpy.linalg.norm(pooled, axis=1, keepdims=True)).astype("<f4")


class TorchModel:
    """Half precision on the first GPU; sums of the pooling in single precision."""

    platform, datatype = "torch_fp16", "FP32"

    def __init__(self, weights):
        import torch

        self.torch = torch
        self.weights = {name: torch.from_numpy(array.copy()).half().cuda() for name, array in weights.items()}

    def _linear(self, name, x):
        return self.torch.nn.functional.linear(x, self.weights[name + ".weight"], self.weights[name + ".bias"])

    def _norm(self, name, x):
        return self.torch.nn.functional.layer_norm(
            x, (WIDTH,), self.weights[name + ".weight"], self.weights[name + ".bias"], 1e-12
        )

    def __call__(self, ids, mask):
        torch, w = self.torch, self.weights
        functional = torch.nn.functional
        with torch.inference_mode():
            ids = torch.from_numpy(ids.astype("int64")).cuda()
            mask = torch.from_numpy(mask.astype("bool")).cuda()
            texts, length = ids.shape
            x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:length]
            x = self._norm("embeddings.LayerNorm", x + w["embeddings.token_type_embeddings.weight"][0])
            for layer in range(LAYERS):
                name = f"encoder.layer.{layer}."
                query, key, value = (
                    self._linear(name + "attention.self." + part, x)
                    .view(texts, length, HEADS, WIDTH // HEADS)
                    .transpose(1, 2)
                    for part in ("query", "key", "value")
                )
                attended = functional.scaled_dot_product_attention(query, key, value, mask[:, None, None, :])
                joined = attended.transpose(1, 2).reshape(texts, length, WIDTH)
                x = self._norm(
                    name + "attention.output.LayerNorm", x + self._linear(name + "attention.output.dense", joined)
                )
                inner = functional.gelu(self._linear(name + "intermediate.dense", x))
                x = self._norm(name + "output.LayerNorm", x + self._linear(name + "output.dense", inner))
            pooled = (x.float() * mask[:, :, None]).sum(1)
            return functional.normalize(pooled, dim=1).cpu().numpy().astype("<f4")
