"""The shim's own code, from its source in the environment, without starting it: `shim` has its names."""
import os

SOURCE = os.environ['KATIB_PUSH_SHIM']
MAIN = '\nmain()\n'
assert SOURCE.endswith(MAIN)
shim = {}
exec(compile(SOURCE[:-len(MAIN)], 'shim', 'exec'), shim)
