"""Tasks one after another and on threads, in turn."""
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from workload import WORKLOADS, still_wanted

options = json.loads(sys.argv[1])
task = WORKLOADS[options["workload"]]


def execute(index):
    return task(options["size"], index, options["seed"])


def measure(run):
    began = time.perf_counter()
    checksums = run()
    return time.perf_counter() - began, checksums


indexes = range(options["tasks"])
sequential, parallel = [], []
with ThreadPoolExecutor(options["degree"]) as threads:
    list(threads.map(time.sleep, [0.01] * options["degree"]))
    for _ in range(options["rounds"]):
        still_wanted()
        elapsed, expected = measure(lambda: [execute(index) for index in indexes])
        sequential.append(elapsed)
        elapsed, checksums = measure(lambda: list(threads.map(execute, indexes)))
        parallel.append(elapsed)
        assert checksums == expected

print(json.dumps({"sequential": sequential, "parallel": parallel}))
