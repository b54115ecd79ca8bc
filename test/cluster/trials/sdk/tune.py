"""Makes an Experiment with the real SDK: `python tune.py KUBECONFIG NAMESPACE NAME COLLECTOR`."""
import sys

from kubeflow import katib


def objective(parameters):
    lr = float(parameters["lr"])
    for step in range(4):
        print(f"epoch {step}: loss={lr / (step + 1):.4f} accuracy={0.9 + lr * step:.4f}")


kubeconfig, namespace, name, collector = sys.argv[1:]
katib.KatibClient(config_file=kubeconfig, namespace=namespace).tune(
    name=name,
    objective=objective,
    parameters={"lr": katib.search.double(min=0.01, max=0.05)},
    objective_metric_name="loss",
    additional_metric_names=["accuracy"],
    objective_type="minimize",
    max_trial_count=2,
    parallel_trial_count=1,
    metrics_collector_config={"kind": collector},
)
