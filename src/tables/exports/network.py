"""Who met whom: people as nodes, joint events as weighted edges, in GraphML for Gephi, Cytoscape and R."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import networkx as nx

from tables.exports.release import read_events

LARGEST_EVENT = 200
"""Participants above which an event makes no edges: everyone with everyone says nothing, and grows with the square."""


def write_network(processed: Path, out: Path) -> int:
    """Write the network of people who took part in the same events; return how many edges."""
    graph = make_network(processed)
    nx.write_graphml(graph, out, named_key_ids=True)
    return int(graph.number_of_edges())


def make_network(processed: Path) -> nx.Graph:
    """Return the graph: nodes are person_ids with name and affiliation, edges carry `events` (count) and `names`."""
    graph = nx.Graph()
    meetings: dict[tuple[str, str], list[str]] = defaultdict(list)
    for view in read_events(processed):
        people = {person["person_id"]: person for person in view.people}
        for key, person in people.items():
            graph.add_node(key, name=person["person_name"], affiliation=person["affiliation"] or "")
        if len(people) <= LARGEST_EVENT:
            for pair in combinations(sorted(people), 2):
                meetings[pair].append(view.event["event_name"] or view.event["event_id"])
    for (one, other), names in sorted(meetings.items()):
        graph.add_edge(one, other, events=len(names), names="; ".join(names))
    return graph
