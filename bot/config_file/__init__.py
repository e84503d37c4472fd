"""One YAML file, overridden by the environment, refused with one clear line for each thing that makes no sense."""

from bot.config_file.environment import read_environment, service_links
from bot.config_file.loading import load, load_without_secret, merged
from bot.config_file.yaml_text import read_yaml

__all__ = ["load", "load_without_secret", "merged", "read_environment", "read_yaml", "service_links"]
