"""The same tasks in one and two processes, with one and two threads in each, in turn."""
import json
import multiprocessing
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from workload import WORKLOADS, start_method, still_wanted


def execute(options, index):
    return WORKLOADS[options["workload"]](options["size"], index, options["seed"])


def compute_shares(options, orders, results):
    """Another process: computes one share after another on as many threads as ordered."""
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(time.sleep, [0.02, 0.02]))
        for first, count, number in iter(orders.recv, None):
            indexes = range(first, first + count)
            shares = [indexes[thread::number] for thread in range(number)]
            done = list(threads.map(lambda share: [execute(options, index) for index in share], shares))
            results.send(sum(len(share) for share in done))


def main():
    options = json.loads(sys.argv[1])
    context = multiprocessing.get_context(start_method())
    workers = []
    for _ in range(2):
        orders, give = context.Pipe(duplex=False)
        take, results = context.Pipe(duplex=False)
        process = context.Process(target=compute_shares, args=(options, orders, results))
        process.start()
        workers.append((process, give, take))

    def measure(processes, threads):
        share = options["tasks"] // processes
        began = time.perf_counter()
        for index in range(processes):
            workers[index][1].send((index * share, share, threads))
        for index in range(processes):
            assert workers[index][2].recv() == share
        return time.perf_counter() - began

    ways = {"one_by_one": (1, 1), "one_by_two": (1, 2), "two_by_one": (2, 1), "two_by_two": (2, 2)}
    times = {way: [] for way in ways}
    for number in range(options["rounds"] + 1):
        still_wanted()
        # Every other round backwards, so that no way always comes after the same other.
        for way, (processes, threads) in list(ways.items())[::1 if number % 2 == 0 else -1]:
            elapsed = measure(processes, threads)
            if number > 0:
                times[way].append(elapsed)
    for process, give, _ in workers:
        give.send(None)
        process.join()
    print(json.dumps(times))


if __name__ == "__main__":
    main()
