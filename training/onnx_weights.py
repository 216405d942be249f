"""Rewrites the float32 weights of an exported graph into the form that is stored: float16 inside the file, or int8
outside it. Both are widened by a few nodes that ONNX Runtime folds away when it loads the graph.

An initializer keeps its parameter's name; the widened value that the graph computes with is `<name>.f32`.
"""

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper
from torch import Tensor

from training.int8 import Span

WIDE = ".f32"


def replace_weights(model: ModelProto, names: set[str], stored: list[TensorProto], nodes: list[NodeProto]) -> None:
    """Put `stored` in the place of the initializers called `names`, and read `<name>.f32` wherever they were read."""
    graph = model.graph
    kept = [tensor for tensor in graph.initializer if tensor.name not in names]
    missing = names - {tensor.name for tensor in graph.initializer}
    if missing:
        raise ValueError(f"the graph lost these weights: {sorted(missing)}")
    for node in graph.node:
        for i, name in enumerate(node.input):
            if name in names:
                node.input[i] = name + WIDE
    body = list(graph.node)
    del graph.node[:], graph.initializer[:]
    graph.node.extend([*nodes, *body])
    graph.initializer.extend([*stored, *kept])


def store_f16(model: ModelProto, weights: dict[str, Tensor]) -> None:
    """Weights as float16 initializers, each widened by a Cast."""
    stored = [numpy_helper.from_array(weight.numpy(), name) for name, weight in weights.items()]
    nodes = [helper.make_node("Cast", [name], [name + WIDE], to=TensorProto.FLOAT) for name in weights]
    replace_weights(model, set(weights), stored, nodes)


def external(name: str, dtype: int, shape: list[int], location: str, span: Span) -> TensorProto:
    """An initializer whose bytes lie at `span` of the file `location` beside the graph."""
    tensor = TensorProto(name=name, data_type=dtype, dims=shape, data_location=TensorProto.EXTERNAL)
    for key, value in (("location", location), ("offset", span.offset), ("length", span.length)):
        tensor.external_data.add(key=key, value=str(value))
    return tensor


def store_int8(model: ModelProto, tensors: dict[str, np.ndarray], spans: dict[str, Span], location: str) -> None:
    """Matrices as external int8, widened by Cast and Mul with their row scales; vectors as external float32."""
    stored: list[TensorProto] = []
    nodes: list[NodeProto] = []
    names = {name for name in tensors if not name.endswith(".scale")}
    for name, tensor in tensors.items():
        if name not in names:
            stored.append(external(name, TensorProto.FLOAT, [*tensor.shape, 1], location, spans[name]))
        elif tensor.dtype == np.int8:
            stored.append(external(name, TensorProto.INT8, list(tensor.shape), location, spans[name]))
            nodes.append(helper.make_node("Cast", [name], [name + ".cast"], to=TensorProto.FLOAT))
            nodes.append(helper.make_node("Mul", [name + ".cast", name + ".scale"], [name + WIDE]))
        else:
            stored.append(external(name, TensorProto.FLOAT, list(tensor.shape), location, spans[name]))
            nodes.append(helper.make_node("Identity", [name], [name + WIDE]))
    replace_weights(model, names, stored, nodes)


def tidy(model: ModelProto) -> None:
    """Drop everything that depends on the machine that exported."""
    del model.metadata_props[:]
    model.producer_name, model.producer_version, model.doc_string = "converge", "", ""
    model.ir_version = 8
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    del model.graph.value_info[:]
