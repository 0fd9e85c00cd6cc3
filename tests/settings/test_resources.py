"""Shipped files are found in a checkout and in an installed wheel alike."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from daemon import resources
from daemon.resources import shipped


@pytest.mark.parametrize("name", ["mappings.yaml", "templates", "systemd", "templates/headman/closure.txt"])
def test_a_checkout_holds_what_is_shipped(name: str) -> None:
    assert shipped(name).exists()


def test_a_wheel_holds_it_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "daemon"
    (package / "_shipped" / "templates").mkdir(parents=True)
    copy = package / "resources.py"
    shutil.copyfile(Path(str(resources.__file__)), copy)
    spec = importlib.util.spec_from_file_location("installed_resources", copy)
    assert spec is not None
    assert spec.loader is not None
    installed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(installed)
    assert installed.shipped("templates") == package / "_shipped" / "templates"
