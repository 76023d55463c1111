"""Tasks of several sizes one after another and in processes, in turn; and what starting a thread, a task and a process takes."""
import asyncio
import json
import multiprocessing
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor

from workload import WORKLOADS, start_method, still_wanted

THREADS_FOR_EACH_PROCESS = 20


def execute(options, size, index):
    return WORKLOADS[options["workload"]](size, index, options["seed"])


def nothing():
    pass


def measure(run):
    began = time.perf_counter()
    value = run()
    return time.perf_counter() - began, value


def by_size(options, context):
    times = {str(size): {"sequential": [], "parallel": []} for size in options["sizes"]}
    tasks = options["tasks"]
    with ProcessPoolExecutor(options["degree"], context) as processes:
        list(processes.map(time.sleep, [0.02] * options["degree"]))
        for _ in range(options["rounds"]):
            still_wanted()
            for size in options["sizes"]:
                elapsed, expected = measure(lambda: [execute(options, size, index) for index in range(tasks)])
                times[str(size)]["sequential"].append(elapsed)
                elapsed, checksums = measure(
                    lambda: list(processes.map(execute, [options] * tasks, [size] * tasks, range(tasks))))
                times[str(size)]["parallel"].append(elapsed)
                assert checksums == expected
    return times


def start_and_end(worker):
    worker.start()
    worker.join()


def starts(options, context):
    times = {"task": [], "thread": [], "process": [], "interpreter": []}

    async def start_tasks():
        async def nothing_awaited():
            pass

        for _ in range(THREADS_FOR_EACH_PROCESS):
            began = time.perf_counter()
            await asyncio.ensure_future(nothing_awaited())
            times["task"].append(time.perf_counter() - began)

    for _ in range(options["starts"]):
        still_wanted()
        asyncio.run(start_tasks())
        for _ in range(THREADS_FOR_EACH_PROCESS):
            times["thread"].append(measure(lambda: start_and_end(threading.Thread(target=nothing)))[0])
        times["process"].append(measure(lambda: start_and_end(context.Process(target=nothing)))[0])
        times["interpreter"].append(measure(lambda: subprocess.run([sys.executable, "-E", "-s", "-c", "pass"], check=True))[0])
    return times


def main():
    options = json.loads(sys.argv[1])
    context = multiprocessing.get_context(start_method())
    print(json.dumps({"starts": starts(options, context), "by_size": by_size(options, context)}))


if __name__ == "__main__":
    main()
