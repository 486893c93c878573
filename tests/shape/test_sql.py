"""The lint that reads every SQL statement of the suite (tests/sqllint.py) sees what it must."""

import pytest
from django.db import connection

from regulars.record.branches import Branch
from regulars.record.customers import Customer
from regulars.record.sales import Sale
from tests import sqllint
from tests.cast import House

TABLES = frozenset({"record_customer", "record_sale"})
SCOPED = [
    "SELECT id FROM record_customer WHERE business_id = %s",
    "SELECT c.id FROM record_customer c WHERE (c.business_id = %s AND (c.name = %s OR c.number = %s))",
    (
        "SELECT c.id FROM record_customer c JOIN record_sale s ON (s.customer_id = c.id"
        " AND s.business_id = c.business_id)"
        " WHERE c.business_id = %s"
    ),
    (
        "SELECT c.id FROM record_customer c WHERE c.business_id = %s AND EXISTS"
        " (SELECT 1 FROM record_sale s WHERE s.business_id = c.business_id AND s.customer_id = c.id)"
    ),
    "UPDATE record_customer SET name = %s WHERE business_id = %s AND id = %s",
    "DELETE FROM record_sale WHERE business_id = %s",
    "INSERT INTO record_sale (id, business_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
    "INSERT INTO record_sale (id, business_id) SELECT id, business_id FROM record_customer WHERE business_id = %s",
    "WITH some AS (SELECT id FROM record_sale WHERE business_id = %s) SELECT id FROM some",
    "SELECT id FROM record_business",
    "SAVEPOINT one",
]
UNSCOPED = [
    "SELECT id FROM record_customer",
    "SELECT id FROM record_customer WHERE id = %s",
    "SELECT c.id FROM record_customer c WHERE c.business_id = %s OR c.name = %s",
    "SELECT c.id FROM record_customer c WHERE c.business_id = c.number",
    "SELECT c.id FROM record_customer c JOIN record_sale s ON s.customer_id = c.id WHERE c.business_id = %s",
    (
        "SELECT c.id FROM record_customer c WHERE c.business_id = %s AND EXISTS"
        " (SELECT 1 FROM record_sale s WHERE s.customer_id = c.id)"
    ),
    "SELECT c.id FROM record_customer c, record_sale s WHERE c.business_id = s.business_id",
    "UPDATE record_customer SET name = %s WHERE id = %s",
    "DELETE FROM record_sale WHERE id IN (SELECT id FROM record_sale WHERE business_id = %s)",
    "INSERT INTO record_sale (id) VALUES (%s)",
    "INSERT INTO record_sale (id, business_id) SELECT id, business_id FROM record_customer",
    "WITH some AS (SELECT id FROM record_sale) SELECT id FROM some",
]


@pytest.mark.parametrize("dialect", sqllint.DIALECTS.values())
@pytest.mark.parametrize("sql", SCOPED)
def test_what_says_whose_passes(sql: str, dialect: str) -> None:
    assert not sqllint.untied(sql, TABLES, dialect)


@pytest.mark.parametrize("dialect", sqllint.DIALECTS.values())
@pytest.mark.parametrize("sql", UNSCOPED)
def test_what_does_not_say_whose_is_caught(sql: str, dialect: str) -> None:
    assert sqllint.untied(sql, TABLES, dialect)


def test_the_lint_stands_before_the_database_in_every_test(garage: House, sql_lint: sqllint.Lint) -> None:
    with connection.cursor() as cursor, pytest.raises(sqllint.Unscoped, match="record_branch"):
        cursor.execute("SELECT count(*) FROM record_branch")
    sql_lint.found.clear()  # seen, and meant


def test_the_program_s_own_joins_pass(garage: House) -> None:
    with garage.work():
        assert not Sale.objects.filter(customer__branch__name="x").exists()
        assert not Customer.objects.filter(sales__isnull=False).select_related("branch", "keeper").exists()
        assert not Branch.objects.filter(pk__in=Sale.objects.values("branch")).exists()
