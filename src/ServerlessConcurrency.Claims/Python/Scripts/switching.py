"""A token that goes to and fro between tasks, threads and processes, in blocks of every kind in turn."""
import asyncio
import json
import multiprocessing
import os
import sys
import threading
import time

from workload import still_wanted

try:
    import resource
except ImportError:
    resource = None

PATIENCE = 20
WARMUP = 20
# Every so many rounds on one processor have the kinds that decide nothing, too. Odd: they go forwards and backwards in turn.
ROUNDS_WITH_FIGURES = 5
FIRST = os.getpid()
CAN_PIN = hasattr(os, "sched_setaffinity")
ALL = os.sched_getaffinity(0) if CAN_PIN else set()
COUNTS = hasattr(resource, "RUSAGE_THREAD")


def pin(pinned):
    if CAN_PIN:
        os.sched_setaffinity(0, {min(ALL)} if pinned else ALL)


def switches():
    if not COUNTS:
        return 0, 0
    usage = resource.getrusage(resource.RUSAGE_THREAD)
    return usage.ru_nvcsw, usage.ru_nivcsw


def since(before):
    return [now - then for now, then in zip(switches(), before)]


class Connection:
    """One end over multiprocessing.Pipe."""

    def __init__(self, incoming, outgoing):
        self.incoming, self.outgoing = incoming, outgoing

    def give(self):
        self.outgoing.send_bytes(b"x")

    def take(self):
        self.incoming.recv_bytes()

    def close(self):
        self.incoming.close()
        self.outgoing.close()


class BarePipe(Connection):
    """One end over the pipe beneath, without what multiprocessing adds."""

    def give(self):
        os.write(self.outgoing.fileno(), b"x")

    def take(self):
        if not os.read(self.incoming.fileno(), 1):
            raise EOFError("the other player is gone")


class Signals:
    """One end over two locks or semaphores, for which who has to wait sleeps in the kernel."""

    def __init__(self, mine, others):
        self.mine, self.others = mine, others

    def give(self):
        self.others.release()

    def take(self):
        if not self.mine.acquire(True, PATIENCE):
            raise TimeoutError("the other player did not hand back the token")

    def close(self):
        pass


def piped(context, end):
    to_second, to_first = context.Pipe(duplex=False), context.Pipe(duplex=False)
    return end(to_first[0], to_second[1]), end(to_second[0], to_first[1])


def signalled(create):
    one, two = create(), create()
    return Signals(one, two), Signals(two, one)


def taken_lock():
    lock = threading.Lock()
    lock.acquire()
    return lock


def hand_back(orders, ends, not_mine):
    """The second player."""
    if os.getpid() != FIRST:
        for end in not_mine:
            end.close()
    while True:
        try:
            name, round_trips, pinned = orders.recv()
        except EOFError:
            return
        pin(pinned)
        end = ends[name]
        orders.send(None)
        for _ in range(WARMUP):
            end.take()
            end.give()
        before = switches()
        for _ in range(round_trips):
            end.take()
            end.give()
        orders.send(since(before))


class Second:
    """The second player, as the first sees it."""

    def __init__(self, context, start, links):
        self.firsts = {name: link[0] for name, link in links.items()}
        self.orders, theirs = context.Pipe()
        not_mine = [self.orders, *self.firsts.values()] if context.get_start_method() == "fork" else []
        start(target=hand_back, args=(theirs, {name: link[1] for name, link in links.items()}, not_mine), daemon=True).start()

    def play(self, name, round_trips, pinned):
        end = self.firsts[name]
        self.orders.send((name, round_trips, pinned))
        self.orders.recv()
        for _ in range(WARMUP):
            end.give()
            end.take()
        before = switches()
        began = time.perf_counter()
        for _ in range(round_trips):
            end.give()
            end.take()
        elapsed = time.perf_counter() - began
        mine = since(before)
        return elapsed, [one + two for one, two in zip(mine, self.orders.recv())]


async def two_tasks(round_trips):
    first, second = asyncio.Semaphore(0), asyncio.Semaphore(0)

    async def serve():
        for _ in range(round_trips):
            second.release()
            await first.acquire()

    async def return_it():
        for _ in range(round_trips):
            await second.acquire()
            first.release()

    await asyncio.gather(serve(), return_it())


def play_tasks(loop, round_trips):
    before = switches()
    began = time.perf_counter()
    loop.run_until_complete(two_tasks(round_trips))
    return time.perf_counter() - began, since(before)


def links_of(context):
    """What threads and processes both can play over."""
    links = {"pipe": piped(context, BarePipe if os.name == "posix" else Connection)}
    try:
        links["memory"] = signalled(lambda: context.Semaphore(0))
    except (ImportError, OSError):
        pass
    return links


def main(options):
    fork = sys.platform == "linux" and "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if fork else "spawn")
    processes = Second(context, context.Process, {**links_of(context), "usual": piped(context, Connection)})
    threads = Second(context, threading.Thread, {**links_of(context), "usual": signalled(taken_lock)})
    loop = asyncio.new_event_loop()
    kinds = [("tasks", None, None)]
    for name in ("usual", "pipe", "memory"):
        if name in threads.firsts:
            kinds += [(f"threads-{name}", threads, name), (f"processes-{name}", processes, name)]
    blocks = []
    round_trips = options["round_trips"]
    rounds = [(True, number) for number in range(options["pinned_rounds"] if CAN_PIN else 0)]
    rounds += [(False, number) for number in range(options["free_rounds"])]
    for pinned, number in rounds:
        still_wanted()
        pin(pinned)
        wanted = [kind for kind in kinds if not pinned or number % ROUNDS_WITH_FIGURES == 0 or kind[2] == "pipe"]
        for kind, second, name in wanted if number % 2 == 0 else reversed(wanted):
            elapsed, counted = second.play(name, round_trips, pinned) if second else play_tasks(loop, round_trips)
            blocks.append({
                "kind": kind,
                "pinned": pinned,
                "round": number,
                "nanoseconds": elapsed / round_trips * 1e9,
                "voluntary": counted[0] / round_trips if COUNTS else None,
                "involuntary": counted[1] / round_trips if COUNTS else None,
            })
    loop.close()
    print(json.dumps(blocks))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
