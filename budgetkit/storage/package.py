"""What a dataset says of itself in ``datapackage.json``: a Frictionless data package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from budgetkit.schema import DERIVED, TABLES, VERSION, Field

#: Keys of what only this program reads: the version of the schema, the partitions, and whether
#: they were put together from several datasets.
SCHEMA, PARTITIONS, MERGED = "budgetkit_schema", "budgetkit_partitions", "budgetkit_merged"

#: Column types of the Fiscal Data Package, where one fits.
_FISCAL = {
    "amount": "value",
    "year": "date:fiscal-year",
    "department": "administrative-classification:generic:level1:label",
    "code": "functional-classification:generic:code",
    "name": "functional-classification:generic:label",
}
_CSV = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8-sig"}
_PARQUET = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}


def describe(
    derived: Iterable[str] = (),
    *,
    is_parquet: bool = False,
    partitions: Sequence[Mapping[str, Any]] | None = None,
    merged: bool = False,
) -> dict[str, Any]:
    """Describe a dataset.

    Parameters
    ----------
    derived
        Tables of :data:`budgetkit.schema.DERIVED` that it has.
    is_parquet
        Whether its tables are there as Parquet alone.
    partitions
        Of a dataset that is partitioned, each with its ``path``; a table's file is in each.
    merged
        Whether the partitions were put together from several datasets.

    Returns
    -------
    dict
        For JSON.
    """
    tables = {**TABLES, **{name: DERIVED[name] for name in derived}}
    form = _CSV if partitions is None and not is_parquet else _PARQUET
    ending = form["format"]

    def path(name: str) -> str | list[str]:
        if partitions is None or name in DERIVED:
            return f"{name}.{ending}"
        return [f"{one['path']}/{name}.{ending}" for one in partitions]

    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "budgetkit-dataset",
        "title": "Figures of Chinese departmental budget disclosures, each with its place",
        SCHEMA: VERSION,
    }
    if partitions is not None:
        package |= {PARTITIONS: list(partitions), MERGED: merged}
    package["resources"] = [
        {
            "profile": "tabular-data-resource",
            "name": name,
            "path": path(name),
            **form,
            "schema": {"fields": [_described(name, field) for field in fields]},
        }
        for name, fields in tables.items()
    ]
    return package


def _described(table: str, field: Field) -> dict[str, Any]:
    described = {"name": field.name, "type": field.type, "description": field.meaning}
    if table == "facts" and field.name in _FISCAL:
        described["columnType"] = _FISCAL[field.name]
    if field.name == "amount":
        described["unit"] = "万元"
    return described
