"""One YAML file, overridden by the environment, refused with one clear line for each thing that makes no sense."""

from bot.config_file.environment import service_links
from bot.config_file.loading import load
from bot.config_file.yaml_text import read_yaml

__all__ = ["load", "read_yaml", "service_links"]
