"""A server of the Open Inference Protocol (KServe v2) with binary tensors, on this machine alone. Prints its address first."""

import argparse
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy

import model
import weights

NAME = "all-MiniLM-L6-v2"
HEADER = "Inference-Header-Content-Length"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served = None
    turn = threading.Lock()

    def log_message(self, *unused):
        pass

    def answer(self, body, header_length=None):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        if header_length is not None:
            self.send_header(HEADER, str(header_length))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        inputs = [{"name": name, "datatype": "INT64", "shape": [-1, -1]} for name in ("input_ids", "attention_mask")]
        outputs = [{"name": "sentence_embedding", "datatype": self.served.datatype, "shape": [-1, model.WIDTH]}]
        metadata = {"name": NAME, "versions": ["1"], "platform": self.served.platform, "inputs": inputs, "outputs": outputs}
        self.answer(json.dumps(metadata).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        position = int(self.headers[HEADER])
        tensors = {}
        for tensor in json.loads(body[:position])["inputs"]:
            size = tensor["parameters"]["binary_data_size"]
            tensors[tensor["name"]] = numpy.frombuffer(body, "<i8", size // 8, position).reshape(tensor["shape"])
            position += size
        with self.turn:
            vectors = self.served(tensors["input_ids"], tensors["attention_mask"])
        output = {
            "name": "sentence_embedding",
            "datatype": self.served.datatype,
            "shape": list(vectors.shape),
            "parameters": {"binary_data_size": vectors.nbytes},
        }
        header = json.dumps({"model_name": NAME, "outputs": [output]}).encode()
        self.answer(header + vectors.tobytes(), len(header))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", help="ONNX file of the model")
    parser.add_argument("--device", choices=("cuda", "numpy"), default="cuda")
    settings = parser.parse_args()
    loaded = weights.read(settings.weights)
    Handler.served = model.TorchModel(loaded) if settings.device == "cuda" else model.NumpyModel(loaded)
    Handler.served(numpy.full((1, 16), 101), numpy.ones((1, 16), dtype="int64"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
