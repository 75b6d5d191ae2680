import pytest

from app.digest.grouping.generated import without_generated_parts, without_generators_parts

SAME = [
    ("class@anonymous\x00/srv/a.php:12$0", "class@anonymous\x00/srv/b.php:3$1"),
    ("ContainerAb12xYz\\getTillService", "ContainerZz98qRs\\getTillService"),
    ("Proxies\\__CG__\\Shop\\Order", "Shop\\Order"),
    ("<Pay>d__12", "<Pay>d__9"),
    ("Shop.Till+<>c__DisplayClass9_1", "Shop.Till+<>c__DisplayClass3_0"),
    ("lambda$pay$0", "lambda$pay$17"),
    ("shop.Till$$EnhancerBySpringCGLIB$$3f9c1a7b", "shop.Till"),
    ("jdk.proxy2.$Proxy12", "com.sun.proxy.$Proxy7"),
    ("_app_views_orders_show_html_erb__1840374692834_23480", "_app_views_orders_show_html_erb___938472_4711"),
    ("block (2 levels) in pay", "pay"),
    ("std::__1::vector", "std::__cxx11::vector"),
    ("pay.constprop.0", "pay.constprop.3"),
    ("shop::pay::h3f9c1a7b3f9c1a7b", "shop::pay::h0000111122223333"),
    ("main.pay.func1.2", "main.pay.func3"),
    ("_callee12$", "_callee$"),
    ("__44-[Cart pay]_block_invoke_2", "__45-[Cart pay]_block_invoke_3"),
]


@pytest.mark.parametrize(("one", "again"), SAME)
def test_a_name_generated_again_is_the_same(one: str, again: str) -> None:
    assert without_generated_parts(one) == without_generated_parts(again)


@pytest.mark.parametrize(
    "name",
    [
        "pay",
        "step_1",
        "pay_v2",
        "md5",
        "migrate_0042",
        "Cart$Line",
        "utf8",
        "__init__",
        "List",
        "sha256_of",
        "h264",
    ],
)
def test_a_name_that_a_person_gave_stays(name: str) -> None:
    assert without_generated_parts(name) == name


@pytest.mark.parametrize(
    ("kind", "function_name", "type_name"),
    [
        ("ORA_00942", "ORA", "ORA_00942"),
        ("Error_0x7f3a", "Error", "Error_0x7f3a"),
        ("Order$HibernateProxy$a1", "Order", "Order"),
        ("List`1", "List", "List"),
    ],
)
def test_the_number_of_a_type_stays(kind: str, function_name: str, type_name: str) -> None:
    assert without_generated_parts(kind) == function_name
    assert without_generators_parts(kind) == type_name
