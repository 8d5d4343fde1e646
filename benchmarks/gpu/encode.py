"""Speed of sentence-transformers' own encode, in half precision, on files of texts: one line each, one file a length."""

import json
import pathlib
import sys
import tempfile
import time

import torch
import transformers
from sentence_transformers import SentenceTransformer
from sentence_transformers import models

import weights

BATCH = 256


def load(onnx, tokenizer):
    """The model from the weights of the ONNX file: nothing is downloaded."""
    config = transformers.BertConfig(
        hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536, layer_norm_eps=1e-12
    )
    bert = transformers.BertModel(config, add_pooling_layer=False)
    loaded = {name: torch.from_numpy(array.copy()) for name, array in weights.read(onnx).items()}
    missing, _ = bert.load_state_dict(loaded, strict=False)
    missing = [name for name in missing if not name.endswith("position_ids")]
    if missing:
        raise SystemExit(f"weights without a value: {missing}")
    folder = tempfile.mkdtemp()
    bert.save_pretrained(folder)
    fast = transformers.PreTrainedTokenizerFast(tokenizer_file=tokenizer, pad_token="[PAD]", model_max_length=256)
    fast.backend_tokenizer.no_truncation()
    fast.backend_tokenizer.no_padding()
    fast.save_pretrained(folder)
    words = models.Transformer(folder, max_seq_length=256)
    pooling = models.Pooling(words.get_word_embedding_dimension())
    return SentenceTransformer(modules=[words, pooling, models.Normalize()], device="cuda").half()


def main():
    onnx, tokenizer, folder = sys.argv[1:4]
    encoder = load(onnx, tokenizer)
    figures = {}
    for file in sorted(pathlib.Path(folder).glob("*.txt")):
        texts = file.read_text().splitlines()
        encoder.encode(texts[:BATCH], batch_size=BATCH)
        torch.cuda.synchronize()
        start = time.perf_counter()
        vectors = encoder.encode(texts, batch_size=BATCH)
        figures[file.stem] = len(vectors) / (time.perf_counter() - start)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
