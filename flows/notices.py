"""Who must know that a run failed or lost inputs: a Prefect notification block, named by the settings."""

from __future__ import annotations

from typing import Any

from prefect.blocks.core import Block

from flows.settings import read_settings

ALL_IS_WELL = "Completed"
"""The name of the state of a run that lost nothing; one that did is called CompletedWithFailures."""


def give_notice(flow: Any, flow_run: Any, state: Any) -> None:
    """Tell the block what became of a flow run, unless all is well or no block is named."""
    slug = read_settings().notice_block
    if not slug or state.name == ALL_IS_WELL:
        return
    block: Any = Block.load(slug)
    block.notify(f"{flow_run.name}: {state.message or state.name}", f"convenor: {state.name}")
