"""Makes an Experiment with Kubeflow's new SDK, and prints its name: `python optimize.py KUBECONFIG NAMESPACE`."""
import sys

from kubeflow.common.types import KubernetesBackendConfig
from kubeflow.optimizer import Objective, OptimizerClient, Search, TrialConfig
from kubeflow.trainer import CustomTrainer, TrainJobTemplate
from kubeflow.trainer.constants.constants import DEFAULT_COMMAND
from kubeflow.trainer.types.types import Runtime, RuntimeKind, RuntimeTrainer, TrainerType


def train(lr):
    for step in range(4):
        print(f"epoch {step}: loss={float(lr) / (step + 1):.4f}")


kubeconfig, namespace = sys.argv[1:]
trainer = RuntimeTrainer(trainer_type=TrainerType.CUSTOM_TRAINER, framework="plain", image="python")
trainer.set_command(DEFAULT_COMMAND)
runtime = Runtime(name="plain", trainer=trainer, kind=RuntimeKind.CLUSTER_TRAINING_RUNTIME)
client = OptimizerClient(KubernetesBackendConfig(config_file=kubeconfig, namespace=namespace))
print(client.optimize(
    TrainJobTemplate(trainer=CustomTrainer(func=train, num_nodes=1), runtime=runtime),
    search_space={"lr": Search.uniform(0.01, 0.05)},
    objectives=[Objective(metric="loss", direction="minimize")],
    trial_config=TrialConfig(num_trials=2, parallel_trials=1),
))
