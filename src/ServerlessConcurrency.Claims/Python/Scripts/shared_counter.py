"""Threads, and processes, that increment one counter, with and without a lock."""
import contextlib
import json
import multiprocessing
import os
import sys
import threading
import time
from multiprocessing.connection import wait

from workload import start_method, still_wanted

THREADS = 4
PROCESSES = 2
PATIENCE = 30

# The conditions under which increments are lost without a lock, the same for all ways: eight switch intervals of the interpreter (5 ms), and
# each worker has found twice that others had counted in the meantime, however long that takes on a busy machine.
LEAST_SECONDS = 0.04
LEAST_TURNS = 2

# One worker alone has nobody to race with: what it costs is known sooner.
ALONE_SECONDS = 0.01

# Increments between two looks at the clock and at the others.
BATCH = 200

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
        "no lock": increment,
        "no lock, x += 1": add,
        "threading.Lock": increment_under(threading.Lock()),
        "threading.Semaphore": increment_under(threading.Semaphore(1)),
    }


def process_ways(lock):
    return {
        "no lock": increment,
        "multiprocessing.Lock": increment_under(lock),
        "file lock": increment_under(FileLock()),
    }


def count_in_turns(run, counter, made, turns, index, workers):
    """Counts until every worker has met the conditions; each has a place in made and in turns, where the others see it."""
    least = LEAST_SECONDS if workers > 1 else ALONE_SECONDS
    seen = sum(made[:workers])
    began = time.perf_counter()
    while True:
        run(counter, BATCH)
        made[index] += BATCH
        ended = time.perf_counter()
        others = sum(made[:workers]) - made[index]
        turns[index] += others != seen
        seen = others
        has_met = ended - began >= least and (workers == 1 or min(turns[:workers]) >= LEAST_TURNS)
        if has_met or ended - began > PATIENCE:
            return began, ended, has_met


def trial(scope, way, workers, counter, made, spans):
    if not all(has_met for _, _, has_met in spans):
        raise RuntimeError(f"{scope} with {way} did not count in turns within {PATIENCE} s")
    seconds = max(ended for _, ended, _ in spans) - min(began for began, _, _ in spans)
    return {"scope": scope, "way": way, "workers": workers, "increments": sum(made[:workers]), "counted": counter.value,
            "seconds": seconds}


def try_threads(way, run, workers):
    counter = Counter()
    made = [0] * workers
    turns = [0] * workers
    begin = threading.Barrier(workers)
    spans = []

    def work(index):
        begin.wait(PATIENCE)
        spans.append(count_in_turns(run, counter, made, turns, index, workers))

    threads = [threading.Thread(target=work, args=(index,), daemon=True) for index in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return trial("threads", way, workers, counter, made, spans)


def serve(connection, parents_end, index, counter, made, turns, begin, lock):
    """A process that counts when it is told to, until its parent is gone."""
    parents_end.close()
    ways = process_ways(lock)
    with contextlib.suppress(EOFError):
        while True:
            way, workers = connection.recv()
            if workers > 1:
                begin.wait(PATIENCE)
            connection.send(count_in_turns(ways[way], counter, made, turns, index, workers))


class CounterProcesses:
    def __init__(self, context):
        self.counter = context.RawValue("q", 0)
        self.made = context.RawArray("q", PROCESSES)
        self.turns = context.RawArray("q", PROCESSES)
        self.lock = context.Lock()
        self.connections = []
        self.sentinels = []
        begin = context.Barrier(PROCESSES)
        for index in range(PROCESSES):
            connection, childs_end = context.Pipe()
            process = context.Process(
                target=serve,
                args=(childs_end, connection, index, self.counter, self.made, self.turns, begin, self.lock),
                daemon=True)
            process.start()
            childs_end.close()
            self.connections.append(connection)
            self.sentinels.append(process.sentinel)

    def receive(self, connection):
        if connection not in wait([connection] + self.sentinels, 2 * PATIENCE):
            raise RuntimeError("a process that counts has ended or fallen silent")
        return connection.recv()

    def try_one(self, way, workers):
        self.counter.value = 0
        self.made[:] = self.turns[:] = [0] * PROCESSES
        chosen = self.connections[:workers]
        for connection in chosen:
            connection.send((way, workers))
        spans = [self.receive(connection) for connection in chosen]
        return trial("processes", way, workers, self.counter, self.made, spans)


def main():
    options = json.loads(sys.argv[1])
    processes = CounterProcesses(multiprocessing.get_context(start_method()))
    trials = []
    for _ in range(options["rounds"]):
        still_wanted()
        for way, run in thread_ways().items():
            for workers in (THREADS, 1):
                trials.append(try_threads(way, run, workers))
        for way in process_ways(processes.lock):
            for workers in (PROCESSES, 1):
                trials.append(processes.try_one(way, workers))
    print(json.dumps(trials))


if __name__ == "__main__":
    main()
