"""The weights of all-MiniLM-L6-v2 out of its ONNX file, under the names that BERT has in PyTorch. Needs numpy alone."""

import numpy

_GRAPH, _NODE, _INITIALIZER = 7, 1, 5
_MATRIX_SUFFIX = "/MatMul_output_0"


def _varint(data, position):
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, position


def _fields(data):
    """Field numbers and values of a protocol buffer."""
    position = 0
    while position < len(data):
        key, position = _varint(data, position)
        kind = key & 7
        if kind == 0:
            value, position = _varint(data, position)
        else:
            if kind == 2:
                length, position = _varint(data, position)
            else:
                length = 4 if kind == 5 else 8
            value = data[position : position + length]
            position += length
        yield key >> 3, value


def _tensor(message):
    shape, name, raw, kind = [], "", None, 0
    for field, value in _fields(message):
        if field == 1:
            shape.append(value)
        elif field == 2:
            kind = value
        elif field == 8:
            name = bytes(value).decode()
        elif field == 9:
            raw = value
    array = None if kind != 1 or raw is None else numpy.frombuffer(raw, dtype="<f4").reshape(shape)
    return name, array


def read(path):
    """Arrays by name. Matrices of linear layers are transposed as PyTorch has them."""
    with open(path, "rb") as file:
        model = memoryview(file.read())
    graph = next(value for field, value in _fields(model) if field == _GRAPH)
    tensors = dict(_tensor(value) for field, value in _fields(graph) if field == _INITIALIZER)
    weights = {name: array for name, array in tensors.items() if array is not None and not name.startswith("onnx::")}
    for field, node in _fields(graph):
        if field != _NODE:
            continue
        parts = list(_fields(node))
        inputs = [bytes(value).decode() for number, value in parts if number == 1]
        output = next(bytes(value).decode() for number, value in parts if number == 2)
        matrix = [tensors[name] for name in inputs if tensors.get(name) is not None]
        if output.endswith(_MATRIX_SUFFIX) and matrix:
            weights[output[1 : -len(_MATRIX_SUFFIX)].replace("/", ".") + ".weight"] = matrix[0].T
    return weights
