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


async def longest_delay_while(begin):
    longest = 0.0

    async def short_task():
        nonlocal longest
        began = time.perf_counter()
        await asyncio.sleep(options["pause_seconds"])
        longest = max(longest, time.perf_counter() - began - options["pause_seconds"])

    first = asyncio.ensure_future(short_task())
    # A short task is under way when the other one begins.
    await asyncio.sleep(0)
    other = asyncio.ensure_future(begin())
    await first
    while not other.done():
        await short_task()
    return longest, other.result()


async def main():
    times = {"long_task": [], "idle": [], "on_loop": [], "off_loop": []}
    for number in range(options["rounds"] + 1):
        still_wanted()
        idle, _ = await longest_delay_while(lambda: asyncio.sleep(options["idle_seconds"]))
        on_loop, long_task = await longest_delay_while(compute_on_loop)
        off_loop, _ = await longest_delay_while(compute_off_loop)
        if number > 0:
            times["long_task"].append(long_task)
            times["idle"].append(idle)
            times["on_loop"].append(on_loop)
            times["off_loop"].append(off_loop)
    print(json.dumps(times))


asyncio.run(main())
