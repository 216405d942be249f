"""An ONNX Runtime session of a teacher's graph that gives inner tensors too. One thread: many processes share a machine."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnx import ModelProto


def inner_session(graph: "ModelProto", inner: Sequence[str]):
    """inner: names of tensors to be outputs as well"""
    import onnx
    import onnxruntime

    for name in inner:
        graph.graph.output.append(onnx.helper.make_empty_tensor_value_info(name))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])
