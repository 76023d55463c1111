"""How late short tasks on an event loop are while a long one computes."""
import asyncio
import json
import sys
import time

from workload import primes, still_wanted

options = json.loads(sys.argv[1])


def compute():
    began = time.perf_counter()
    for index in range(options["repeats"]):
        primes(options["size"], index, options["seed"])
    return time.perf_counter() - began


async def compute_on_loop():
    return compute()


async def compute_off_loop():
    return await asyncio.get_running_loop().run_in_executor(None, compute)


async def nothing():
    pass


async def delays_while(begin):
    """By how much each of the short tasks was late, which are all under way when something else begins; and what that returned."""
    async def short_task(due):
        began = time.perf_counter()
        await asyncio.sleep(due)
        return time.perf_counter() - began - due

    short_tasks = [asyncio.ensure_future(short_task(number / 1000)) for number in range(1, options["short_tasks"] + 1)]
    await asyncio.sleep(0)
    result = await begin()
    return await asyncio.gather(*short_tasks), result


async def measure(number):
    ways = [("idle", nothing), ("on_loop", compute_on_loop), ("off_loop", compute_off_loop)]
    measured = {}
    # Every other round goes backwards: what changes steadily meanwhile changes nothing between the ways.
    for way, begin in ways if number % 2 == 0 else reversed(ways):
        measured[way], result = await delays_while(begin)
        if way == "on_loop":
            measured["long_task"] = result
    return measured


async def main():
    # The first round starts the other thread and is not kept.
    await measure(0)
    rounds = []
    for number in range(options["rounds"]):
        still_wanted()
        rounds.append(await measure(number))
    print(json.dumps(rounds))


asyncio.run(main())
