"""Threads, and processes, that increment one counter, with and without a lock."""
import contextlib
import json
import multiprocessing
import os
import sys
import threading
import time
from multiprocessing.connection import wait

from workload import still_wanted

THREADS = 4
PROCESSES = 2
PATIENCE = 60

# In the folder of this script, which is removed after it.
LOCK_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "counter.lock")


def successor(value):
    return value + 1


def increment(counter, count):
    """Reads, calls a function and writes, so that another thread can be let in between."""
    for _ in range(count):
        counter.value = successor(counter.value)


def add(counter, count):
    for _ in range(count):
        counter.value += 1


def increment_under(lock):
    def run(counter, count):
        for _ in range(count):
            with lock:
                counter.value = successor(counter.value)
    return run


class FileLock:
    """A file that one process at a time may lock: flock(2), or a locked byte on Windows."""

    def __init__(self):
        self.descriptor = os.open(LOCK_FILE, os.O_RDWR | os.O_CREAT)

    def __enter__(self):
        if os.name == "posix":
            import fcntl

            fcntl.flock(self.descriptor, fcntl.LOCK_EX)
            return
        import msvcrt

        while True:
            with contextlib.suppress(OSError):
                os.lseek(self.descriptor, 0, os.SEEK_SET)
                msvcrt.locking(self.descriptor, msvcrt.LK_NBLCK, 1)
                return

    def __exit__(self, *_):
        if os.name == "posix":
            import fcntl

            fcntl.flock(self.descriptor, fcntl.LOCK_UN)
            return
        import msvcrt

        os.lseek(self.descriptor, 0, os.SEEK_SET)
        msvcrt.locking(self.descriptor, msvcrt.LK_UNLCK, 1)


class Counter:
    value = 0


def thread_ways():
    return {
        "no lock": (increment, 200000),
        "no lock, x += 1": (add, 50000),
        "threading.Lock": (increment_under(threading.Lock()), 10000),
        "threading.Semaphore": (increment_under(threading.Semaphore(1)), 3000),
    }


def process_ways(lock):
    return {
        "no lock": (increment, 50000),
        "multiprocessing.Lock": (increment_under(lock), 5000),
        "file lock": (increment_under(FileLock()), 5000),
    }


def timed(run, counter, count):
    began = time.perf_counter()
    run(counter, count)
    return began, time.perf_counter()


def trial(scope, way, workers, count, counter, spans):
    seconds = max(ended for _, ended in spans) - min(began for began, _ in spans)
    return {"scope": scope, "way": way, "workers": workers, "increments": workers * count, "counted": counter.value,
            "seconds": seconds}


def try_threads(way, run, workers, count):
    counter = Counter()
    begin = threading.Barrier(workers)
    spans = []

    def work():
        begin.wait(PATIENCE)
        spans.append(timed(run, counter, count))

    threads = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return trial("threads", way, workers, count, counter, spans)


def serve(connection, parents_end, counter, begin, lock):
    """A process that counts when it is told to, until its parent is gone."""
    parents_end.close()
    ways = process_ways(lock)
    with contextlib.suppress(EOFError):
        while True:
            way, workers = connection.recv()
            run, count = ways[way]
            if workers > 1:
                begin.wait(PATIENCE)
            connection.send(timed(run, counter, count))


class CounterProcesses:
    def __init__(self, context):
        self.counter = context.RawValue("q", 0)
        self.lock = context.Lock()
        self.connections = []
        self.sentinels = []
        begin = context.Barrier(PROCESSES)
        for _ in range(PROCESSES):
            connection, childs_end = context.Pipe()
            process = context.Process(
                target=serve, args=(childs_end, connection, self.counter, begin, self.lock), daemon=True)
            process.start()
            childs_end.close()
            self.connections.append(connection)
            self.sentinels.append(process.sentinel)

    def receive(self, connection):
        if connection not in wait([connection] + self.sentinels, PATIENCE):
            raise RuntimeError("a process that counts has ended or fallen silent")
        return connection.recv()

    def try_one(self, way, workers, count):
        self.counter.value = 0
        chosen = self.connections[:workers]
        for connection in chosen:
            connection.send((way, workers))
        spans = [self.receive(connection) for connection in chosen]
        return trial("processes", way, workers, count, self.counter, spans)


def main():
    options = json.loads(sys.argv[1])
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    processes = CounterProcesses(context)
    trials = []
    for _ in range(options["rounds"]):
        still_wanted()
        for way, (run, count) in thread_ways().items():
            for workers in (THREADS, 1):
                trials.append(try_threads(way, run, workers, count))
        for way, (_, count) in process_ways(processes.lock).items():
            for workers in (PROCESSES, 1):
                trials.append(processes.try_one(way, workers, count))
    print(json.dumps({"trials": trials}))


if __name__ == "__main__":
    main()
