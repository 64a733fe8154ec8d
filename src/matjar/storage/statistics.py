"""What SQLite is told of our tables, so that it plans alike for an empty shop and for a large one.

Left to itself it takes any shop for ten rows, and would rather walk all of a shop's rows in the order of their key
than use the index that finds three of them. Measuring (``ANALYZE``) would tell it of today, and of another plan
tomorrow; so it is told once how every shop looks when it matters (sqlite.org/fileformat2.html, 2.6.1).
"""

import apsw

ROWS = 1_000_000
"""Of a shop that has grown, in any table."""

ALIKE = 10
"""Rows that agree in more than their shop, until an index tells them apart."""

_INDEXES = """
    SELECT t.name, i.name, t.wr AND i.origin = 'pk', i."unique", (SELECT COUNT(*) FROM pragma_index_info(i.name))
    FROM pragma_table_list t JOIN pragma_index_list(t.name) i
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
"""
_TELL = "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)"


def tell(connection: apsw.Connection) -> None:
    """Write the statistics. Connections that are opened from now on plan by them."""
    connection.execute("ANALYZE")
    with connection:
        connection.execute("DELETE FROM sqlite_stat1")
        for table, index, clustered, unique, columns in connection.execute(_INDEXES).fetchall():
            # A table that is its own primary key's index lends that index its name.
            stat = _stat(int(str(columns)), unique=bool(unique))
            connection.execute(_TELL, (table, table if clustered else index, stat))


def _stat(columns: int, *, unique: bool) -> str:
    """How many rows agree in the first column, in the first two, and so on."""
    alike = [ROWS] + [ALIKE] * (columns - 1)
    if unique:
        alike[-1] = 1
    return " ".join(str(count) for count in [ROWS, *alike])

