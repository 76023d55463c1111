"""Tasks on processes or on threads, of which one fails while the others are in the middle of theirs."""
import ctypes
import json
import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import wait

from workload import mix, start, still_wanted

PATIENCE = 30
STEPS = 2000


def raise_exception():
    raise RuntimeError("a fault on purpose, to measure a claim")


def recurse():
    return recurse() + 1


def catch_exception():
    try:
        raise_exception()
    except RuntimeError:
        pass


def kill():
    os.kill(os.getpid(), signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    time.sleep(PATIENCE)


# Windows tells ctypes of a bad address, which makes an exception of it.
FAULTS = {
    "exception": raise_exception,
    "recursion": recurse,
    "abort": os.abort,
    "segfault": lambda: ctypes.string_at(0),
    "exit": lambda: os._exit(1),
    "kill": kill,
    "caught": catch_exception,
}


def cause(kind):
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    FAULTS[kind]()


def fold(state):
    for step in range(STEPS):
        state = mix(state ^ step)
    return state


def expected(index, seed):
    return fold(fold(start(index, seed)))


def process_task(connection, parents_end, index, seed, kind):
    """A task of its own process; goes on until the parent says so."""
    parents_end.close()
    state = fold(start(index, seed))
    connection.send("begun")
    if kind is not None:
        connection.recv()
        cause(kind)
    else:
        while not connection.poll():
            fold(0)
        connection.recv()
    connection.send(fold(state))


class ProcessTask:
    def __init__(self, context, index, seed, kind=None):
        self.expected = expected(index, seed)
        self.connection, childs_end = context.Pipe()
        self.process = context.Process(
            target=process_task, args=(childs_end, self.connection, index, seed, kind), daemon=True)
        self.process.start()
        childs_end.close()

    def receive(self):
        """What the process sends, or None once it is gone."""
        ready = wait([self.connection, self.process.sentinel], PATIENCE)
        try:
            return self.connection.recv() if self.connection.poll() or self.connection in ready else None
        except (EOFError, OSError):
            return None

    def go_on(self):
        try:
            self.connection.send("go on")
        except OSError:
            pass

    def finish(self):
        """Whether the task finishes with the right result."""
        self.go_on()
        is_right = self.receive() == self.expected
        self.process.join(PATIENCE)
        self.connection.close()
        return is_right


def try_processes(context, tasks, victim, seed, kind):
    crew = [ProcessTask(context, index, seed, kind if index == victim else None) for index in range(tasks)]
    begun = [task.receive() == "begun" for task in crew]
    crew[victim].go_on()
    is_lost = crew[victim].receive() is None
    crew[victim].process.join(PATIENCE)
    lost_at = time.perf_counter()
    retry = None
    recovery = None
    if is_lost:
        retry = ProcessTask(context, victim, seed)
        is_begun = retry.receive() == "begun"
        recovery = time.perf_counter() - lost_at
        retry = is_begun and retry.finish()
    finished = sum(crew[index].finish() for index in range(tasks) if index != victim and begun[index])
    return {"victim_lost": is_lost, "victim_recovered": bool(retry), "others_finished": finished,
            "recovery_seconds": recovery if retry else None}


def thread_tasks(connection, parents_end, tasks, victim, seed, kind):
    """Tasks on the threads of one process; they go on until the thread that fails has ended, and the process has not."""
    parents_end.close()
    begun = threading.Barrier(tasks)
    is_over = threading.Event()
    outbox = threading.Lock()

    def execute(index):
        state = fold(start(index, seed))
        begun.wait(PATIENCE)
        if index == victim:
            cause(kind)
        while index != victim and not is_over.is_set():
            fold(0)
        checksum = fold(state)
        with outbox:
            connection.send((index, checksum))

    threads = [threading.Thread(target=execute, args=(index,), daemon=True) for index in range(tasks)]
    for thread in threads:
        thread.start()
    threads[victim].join()
    is_over.set()
    for thread in threads:
        thread.join(PATIENCE)


def try_threads(context, tasks, victim, seed, kind):
    connection, childs_end = context.Pipe()
    process = context.Process(
        target=thread_tasks, args=(childs_end, connection, tasks, victim, seed, kind), daemon=True)
    process.start()
    childs_end.close()
    finished = set()
    try:
        while connection.poll(PATIENCE):
            index, checksum = connection.recv()
            if checksum == expected(index, seed):
                finished.add(index)
    except (EOFError, OSError):
        pass
    process.join(PATIENCE)
    connection.close()
    return {"victim_lost": victim not in finished, "victim_recovered": False,
            "others_finished": len(finished - {victim}), "recovery_seconds": None}


def main():
    options = json.loads(sys.argv[1])
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    attempt = try_processes if options["crew"] == "processes" else try_threads
    tasks = options["tasks"]
    trials = []
    for trial, kind in enumerate(options["kinds"]):
        still_wanted()
        result = attempt(context, tasks, trial % tasks, options["seed"] + trial, kind)
        trials.append(dict(result, kind=kind, others=tasks - 1))
    print(json.dumps({"trials": trials}))


if __name__ == "__main__":
    main()
