"""Tasks one after another and in parallel, in turn: on threads, or in processes."""
import json
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from workload import WORKLOADS, start_method, still_wanted


def execute(options, index):
    return WORKLOADS[options["workload"]](options["size"], index, options["seed"])


def measure(run):
    began = time.perf_counter()
    checksums = run()
    return time.perf_counter() - began, checksums


def create_executor(options):
    if options["executor"] == "processes":
        return ProcessPoolExecutor(options["degree"], multiprocessing.get_context(start_method()))
    return ThreadPoolExecutor(options["degree"])


def main():
    options = json.loads(sys.argv[1])
    tasks, degree = options["tasks"], options["degree"]
    sequential, parallel = [], []
    with create_executor(options) as executor:
        # Every thread or process is started before the first round.
        list(executor.map(time.sleep, [0.02] * degree))
        for _ in range(options["rounds"]):
            still_wanted()
            elapsed, expected = measure(lambda: [execute(options, index) for index in range(tasks)])
            sequential.append(elapsed)
            elapsed, checksums = measure(lambda: list(executor.map(execute, [options] * tasks, range(tasks))))
            parallel.append(elapsed)
            assert checksums == expected

    print(json.dumps({"sequential": sequential, "parallel": parallel}))


if __name__ == "__main__":
    main()
