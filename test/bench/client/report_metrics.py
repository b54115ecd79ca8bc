"""What Katib's own report_metrics costs, called as a training script calls it: once per metric line.

    KATIB_TRIAL_NAME=… python report_metrics.py ADDRESS CALLS  →  {"micros": 2100.3, "rowsPerSecond": 476.1}

It reads its namespace from a file that only pods have; here from one of ours, each time, as there.
"""
import json
import sys
import tempfile
import time

import kubeflow.katib as katib
from kubeflow.katib.utils import utils

place = tempfile.NamedTemporaryFile('w', prefix='katib-push-namespace-')
place.write('default')
place.flush()


def namespace():
    with open(place.name) as file:
        return file.readline()


utils.get_current_k8s_namespace = namespace

address, calls = sys.argv[1], int(sys.argv[2])
katib.report_metrics({'loss': 0.5}, db_manager_address=address)  # what only the first call does is not counted
began = time.perf_counter()
for i in range(calls):
    katib.report_metrics({'loss': i / calls}, db_manager_address=address)
seconds = time.perf_counter() - began
print(json.dumps({'micros': seconds / calls * 1e6, 'rowsPerSecond': calls / seconds}))
