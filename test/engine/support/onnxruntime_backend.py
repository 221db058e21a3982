"""Stands in for Triton's ONNX Runtime backend, which no package brings: the same library, called from Python."""

import json
import os

import numpy
import onnxruntime
import triton_python_backend_utils as triton


class TritonPythonModel:
    def initialize(self, args):
        config = json.loads(args["model_config"])
        # The folder of the repository or of the model, by version of the server.
        places = [args["model_repository"], os.path.join(args["model_repository"], args["model_name"])]
        paths = [os.path.join(place, args["model_version"], "model.onnx") for place in places]
        path = next(path for path in paths if os.path.exists(path))
        self.session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        self.inputs = [one["name"] for one in config["input"]]
        self.outputs = [one["name"] for one in config["output"]]

    def execute(self, requests):
        fed = {
            name: [triton.get_input_tensor_by_name(one, name).as_numpy() for one in requests] for name in self.inputs
        }
        found = self.session.run(self.outputs, {name: numpy.concatenate(all) for name, all in fed.items()})
        ends = numpy.cumsum([len(one) for one in fed[self.inputs[0]]])[:-1]
        divided = [numpy.split(values, ends) for values in found]
        return [
            triton.InferenceResponse([triton.Tensor(name, all[i].copy()) for name, all in zip(self.outputs, divided)])
            for i in range(len(requests))
        ]
