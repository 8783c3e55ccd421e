"""The commands: `wise up`, `wise check` and the rest, each a module with `add(commands)` and `run(args)`."""
