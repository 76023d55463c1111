"""What this interpreter is."""
import json
import platform
import sys

start_methods = []
if sys.version_info >= (3, 8):
    import multiprocessing

    start_methods = multiprocessing.get_all_start_methods()

print(json.dumps({
    "implementation": platform.python_implementation(),
    "version": list(sys.version_info[:3]),
    "gil_enabled": getattr(sys, "_is_gil_enabled", lambda: True)(),
    "start_methods": start_methods,
}))
