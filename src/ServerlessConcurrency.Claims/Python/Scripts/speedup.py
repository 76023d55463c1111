"""Tasks one after another and in parallel, in turn: on threads, or in processes; and in processes beside threads, as a control."""
import json
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack

from workload import WORKLOADS, start_method, still_wanted


def execute(options, index):
    return WORKLOADS[options["workload"]](options["size"], index, options["seed"])


def create_executor(kind, degree):
    if kind == "processes":
        return ProcessPoolExecutor(degree, multiprocessing.get_context(start_method()))
    return ThreadPoolExecutor(degree)


def main():
    options = json.loads(sys.argv[1])
    tasks, degree = options["tasks"], options["degree"]
    # Processes first: they are forked before there are threads.
    kinds = {"control": "processes", "parallel": options["executor"]} if options["control"] else {"parallel": options["executor"]}
    times = {way: [] for way in ["sequential", "parallel", "control", "parallel_processor_time"]}
    with ExitStack() as stack:
        executors = {way: stack.enter_context(create_executor(kind, degree)) for way, kind in kinds.items()}
        for executor in executors.values():
            # Every thread or process is started before the first round.
            list(executor.map(time.sleep, [0.02] * degree))

        def compute(way):
            if way == "sequential":
                return [execute(options, index) for index in range(tasks)]
            return list(executors[way].map(execute, [options] * tasks, range(tasks)))

        expected = compute("sequential")
        ways = ["sequential", *executors]
        for number in range(options["rounds"]):
            still_wanted()
            for way in ways if number % 2 == 0 else reversed(ways):
                began, worked = time.perf_counter(), time.process_time()
                checksums = compute(way)
                times[way].append(time.perf_counter() - began)
                if way == "parallel" and kinds[way] == "threads":
                    times["parallel_processor_time"].append(time.process_time() - worked)
                assert checksums == expected

    print(json.dumps(times))


if __name__ == "__main__":
    main()
