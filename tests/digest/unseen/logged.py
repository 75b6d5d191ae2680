"""Messages as servers, runtimes and libraries write them, of the same bug and of others."""

# ruff: noqa: E501 (what machines write does not break)

ALIKE: tuple[tuple[str, str], ...] = (
    # data bases
    (
        'duplicate key value violates unique constraint "users_email_key"\nDETAIL:  Key (email)=(ada@example.com) already exists.',
        'duplicate key value violates unique constraint "users_email_key"\nDETAIL:  Key (email)=(bob) already exists.',
    ),
    (
        '(psycopg2.OperationalError) could not connect to server: Connection refused\n\tIs the server running on host "10.0.0.7" and accepting TCP/IP connections on port 5432?',
        '(psycopg2.OperationalError) could not connect to server: Connection refused\n\tIs the server running on host "db-2.internal" and accepting TCP/IP connections on port 6432?',
    ),
    (
        "Lock wait timeout exceeded; try restarting transaction (thread 17)",
        "Lock wait timeout exceeded; try restarting transaction (thread 9021)",
    ),
    (
        "ORA-00942: table or view does not exist at line 7",
        "ORA-00942: table or view does not exist at line 12",
    ),
    (
        'E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: "ada@example.com" }',
        'E11000 duplicate key error collection: shop.users index: email_1 dup key: { email: "bob@example.org" }',
    ),
    (
        "deadlock detected\nDETAIL:  Process 17 waits for ShareLock on transaction 9041; blocked by process 22.",
        "deadlock detected\nDETAIL:  Process 1 waits for ShareLock on transaction 12; blocked by process 3.",
    ),
    (
        "SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry '17' for key 'carts.PRIMARY' (SQL: insert into `carts` (`id`, `name`) values (17, ada))",
        "SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry '4711' for key 'carts.PRIMARY' (SQL: insert into `carts` (`id`, `name`) values (4711, bob))",
    ),
    ("Error 1040: Too many connections (151 of 151)", "Error 1040: Too many connections (500 of 500)"),
    ("MISCONF Redis at redis-3:6379 cannot persist", "MISCONF Redis at redis-12:6380 cannot persist"),
    # browsers
    ("Cannot read properties of undefined (reading 'net')", "Cannot read property 'net' of undefined"),
    ("Cannot read properties of null (reading 'net')", 'can\'t access property "net", a.b is null'),
    ("Cannot read property 'net' of undefined", "undefined is not an object (evaluating 'cart.price.net')"),
    ("price is not defined", "Can't find variable: price"),
    ("a.pay is not a function", "a.pay is not a function. (In 'a.pay()', 'a.pay' is undefined)"),
    ("Maximum call stack size exceeded", "too much recursion"),
    ("Failed to fetch", "NetworkError when attempting to fetch resource."),
    ("Failed to fetch", "Load failed"),
    ("Uncaught (in promise) Error: no cart", "Error: no cart"),
    # networks
    ("connect ECONNREFUSED 127.0.0.1:5432", "connect ECONNREFUSED 10.1.2.3:6432"),
    ("connect ECONNREFUSED ::1:5432", "connect ECONNREFUSED 10.1.2.3:6432"),
    ("getaddrinfo ENOTFOUND db-1.internal", "getaddrinfo ENOTFOUND db-2.internal.example"),
    ("dial tcp 10.0.0.7:443: i/o timeout", "dial tcp [2001:db8::7]:8443: i/o timeout"),
    (
        'Post "https://api.example.com/v1/pay": context deadline exceeded',
        'Post "https://api.example.com/v1/pay?id=17": context deadline exceeded',
    ),
    (
        "HTTPConnectionPool(host='api.example.com', port=443): Max retries exceeded with url: /v1/orders/17 (Caused by NewConnectionError('<urllib3.connection.HTTPConnection object at 0x7f3a5c0d1e20>: Failed to establish a new connection: [Errno 111] Connection refused'))",
        "HTTPConnectionPool(host='api2.example.com', port=80): Max retries exceeded with url: /v1/orders/99 (Caused by NewConnectionError('<urllib3.connection.HTTPConnection object at 0x10a4>: Failed to establish a new connection: [Errno 111] Connection refused'))",
    ),
    ("Request failed with status code 502 after 1204ms", "Request failed with status code 502 after 3ms"),
    (
        "read tcp 10.0.0.1:51234->10.0.0.7:443: connection reset by peer",
        "read tcp 10.9.9.9:40000->10.0.0.8:443: connection reset by peer",
    ),
    (
        "SSL certificate of shop-7.example.com expired on Jan  2 03:04:05 2026 GMT",
        "SSL certificate of shop-12.example.com expired on Dec 31 23:59:59 2025 GMT",
    ),
    (
        "cURL error 28: Operation timed out after 10001 milliseconds with 0 bytes received",
        "cURL error 28: Operation timed out after 30000 milliseconds with 512 bytes received",
    ),
    # files
    (
        "[Errno 2] No such file or directory: '/tmp/upload/17.png'",
        "[Errno 2] No such file or directory: 'exports/report-9.csv'",
    ),
    (
        "ENOENT: no such file or directory, open '/srv/shop/17.json'",
        "ENOENT: no such file or directory, open 'C:\\shop\\99.json'",
    ),
    ("open /var/lib/shop/17.db: permission denied", "open /data/shop-2/99.db: permission denied"),
    (
        "file_get_contents(/var/www/html/x17.json): Failed to open stream: No such file or directory",
        "file_get_contents(/srv/www/y99.json): Failed to open stream: No such file or directory",
    ),
    (
        "/usr/lib/libcart.so.3: undefined symbol: cart_total",
        "/opt/lib/libcart.so.12: undefined symbol: cart_total",
    ),
    # values
    ('invalid input syntax for type integer: "abc"', 'invalid input syntax for type integer: "12x"'),
    (
        "time data '2026-01-02' does not match format '%d.%m.%Y'",
        "time data '31/12/2025' does not match format '%d.%m.%Y'",
    ),
    ('For input string: "17x"', 'For input string: "abc"'),
    ("Unexpected token < in JSON at position 0", "Unexpected token < in JSON at position 1204"),
    ("Expecting value: line 1 column 1 (char 0)", "Expecting value: line 7 column 31 (char 204)"),
    ("list index 7 out of range (0..3)", "list index 12 out of range (0..11)"),
    ("Index 7 out of bounds for length 3", "Index 120 out of bounds for length 120"),
    ("could not convert string to float: '12,5'", "could not convert string to float: 'abc'"),
    (
        "Allowed memory size of 134217728 bytes exhausted (tried to allocate 20480 bytes)",
        "Allowed memory size of 268435456 bytes exhausted (tried to allocate 65 bytes)",
    ),
    (
        "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte",
        "'utf-8' codec can't decode byte 0x9c in position 31: invalid start byte",
    ),
    (
        "undefined method `price' for #<Cart:0x00007f8a1c0d1e20 @id=17>",
        "undefined method `price' for #<Cart:0x000055aabbccddee @id=99>",
    ),
    ("Couldn't find Order with 'id'=17", "Couldn't find Order with 'id'=4711"),
    (
        'Couldn\'t find Order with \'id\'=17 [WHERE "orders"."user_id" = $1]',
        'Couldn\'t find Order with \'id\'=99 [WHERE "orders"."user_id" = $1]',
    ),
    (
        "No query results for model [App\\Models\\Order] 17",
        "No query results for model [App\\Models\\Order] 4711",
    ),
    ("Order matching query does not exist: 17", "Order matching query does not exist: 9e1c2b7f"),
    ("com.acme.Order@1b4e28 is closed", "com.acme.Order@7f3a5c0d is closed"),
    ("Order#17 is closed", "Order#4711 is closed"),
    ("order id=17 user=ada is closed", "order id=4711 user=bob is closed"),
    (
        "Task <Task pending name='Task-17' coro=<total() running at /srv/shop/cart.py:40>> got Future <Future pending> attached to a different loop",
        "Task <Task pending name='Task-99' coro=<total() running at /app/cart.py:44>> got Future <Future pending> attached to a different loop",
    ),
    (
        "Task total[1b4e28ba-2fa1-11d2-883f-0016d3cca427] raised unexpected",
        "Task total[9f86d081-884c-4d63-a15e-0cba4a2f7b11] raised unexpected",
    ),
    (
        "Worker exited prematurely: signal 9 (SIGKILL) Job: 17.",
        "Worker exited prematurely: signal 9 (SIGKILL) Job: 4711.",
    ),
    ("job 17/20 (85%) took 3m12s", "job 4/7 (57%) took 12m1s"),
    ("retry in 1.5s, attempt 2 of 5", "retry in 12s, attempt 4 of 5"),
    ("lease lost for shard shardId-000000000017", "lease lost for shard shardId-000000004711"),
    (
        "An error occurred (AccessDenied) when calling the GetObject operation for arn:aws:s3:::shop-17/carts/9.json",
        "An error occurred (AccessDenied) when calling the GetObject operation for arn:aws:s3:::shop-22/carts/1.json",
    ),
    (
        "RequestId: 1b4e28ba-2fa1-11d2-883f-0016d3cca427 Error: Task timed out after 3.00 seconds",
        "RequestId: 9f86d081-884c-4d63-a15e-0cba4a2f7b11 Error: Task timed out after 30.03 seconds",
    ),
    ("Invalid CSRF token 'aB3xYz90QwErTy12' found", "Invalid CSRF token 'Zz11aaBBccDD22ee' found"),
    ("user ada@example.com (id 17) may not enter", "user bob@example.org (id 4) may not enter"),
    ("2026-01-02 03:04:05,678 order failed", "2025-12-31 23:59:59,001 order failed"),
    ("[2026-01-02T03:04:05.678Z] order failed", "[2025-12-31T23:59:59.001+01:00] order failed"),
    ("Session 3f9c1a2b4d5e6f70 expired", "Session 00ff1a2b4d5e6f71 expired"),
    (
        "cannot find symbol file for module 0x7fff5fc00000 (dyld)",
        "cannot find symbol file for module 0x10a4 (dyld)",
    ),
    ("Hydration failed for route /cart/17", "Hydration failed for route /cart/4711"),
    (
        "Loading CSS chunk 17 failed.\n(/static/css/17.3f9c1a2b.chunk.css)",
        "Loading CSS chunk 4 failed.\n(/static/css/4.00ff1a2b.chunk.css)",
    ),
    (
        "Failed to fetch dynamically imported module: https://shop.example/assets/Cart-BDxZ1abc.js",
        "Failed to fetch dynamically imported module: https://shop.example/assets/Menu-C0zzYt_1.js",
    ),
    ("ResizeObserver loop limit exceeded (17)", "ResizeObserver loop limit exceeded (2)"),
    (
        "Attempted to dereference garbage pointer at 0x10.",
        "Attempted to dereference garbage pointer at 0x7fedcba98.",
    ),
    (
        "-[__NSArrayM objectAtIndex:]: index 7 beyond bounds [0 .. 3]",
        "-[__NSArrayM objectAtIndex:]: index 12 beyond bounds [0 .. 11]",
    ),
    (
        "-[NSNull length]: unrecognized selector sent to instance 0x1b4e28ba0",
        "-[NSNull length]: unrecognized selector sent to instance 0x10a4",
    ),
    ("App hanging for at least 2000 ms.", "App hanging for at least 7314 ms."),
    ("GenServer #PID<0.123.0> terminating", "GenServer #PID<0.9876.5> terminating"),
    ("panicked at src/cart.rs:40:17", "panicked at src/cart.rs:52:9"),
    (
        "runtime error: index out of range [7] with length 3",
        "runtime error: index out of range [12] with length 12",
    ),
    ("WASM trap at 0x1b4e in module 7", "WASM trap at 0xffee in module 12"),
    (
        "kernel: [12345.678901] cart[17]: segfault at 0 ip 00007f3a5c0d1e20",
        "kernel: [1.000001] cart[4711]: segfault at 0 ip 0000560011223344",
    ),
    ("Order(id=17, total=Decimal('12.50')) is closed", "Order(id=4711, total=Decimal('0.99')) is closed"),
    ("latitude 52.5200, longitude 13.4050 is nowhere", "latitude -33.86, longitude 151.2093 is nowhere"),
    ("IBAN DE89370400440532013000 is wrong", "IBAN GB29NWBK60161331926819 is wrong"),
    ("tracking 1Z999AA10123456784 is lost", "tracking 1Z12345E0205271688 is lost"),
    ("price of 12,50 € is wrong", "price of 1.299,00 € is wrong"),
    ("SKU-1234-AB is sold out", "SKU-99-AB is sold out"),
    ("cart_17 is closed", "cart_4711 is closed"),
    ("v1.2.3 is too old", "v2.10.0 is too old"),
    ("Bestellung Nr. 17 fehlgeschlagen", "Bestellung Nr. 4711 fehlgeschlagen"),
    ("заказ 17 не найден", "заказ 4711 не найден"),
    ("订单17不存在", "订单4711不存在"),
)

UNLIKE: tuple[tuple[str, str], ...] = (
    (
        'null value in column "email" violates not-null constraint',
        'null value in column "name" violates not-null constraint',
    ),
    ("ORA-00942: table or view does not exist", "ORA-00904: invalid identifier"),
    ("Unknown column 'price' in 'field list'", "Unknown column 'owner' in 'field list'"),
    ("no such table: orders", "no such table: carts"),
    ("connect ECONNREFUSED 127.0.0.1:5432", "connect ETIMEDOUT 127.0.0.1:5432"),
    ("[Errno 2] No such file or directory: '/x'", "[Errno 13] Permission denied: '/x'"),
    ("Cannot read property 'price' of undefined", "Cannot read property 'owner' of undefined"),
    (
        "undefined is not an object (evaluating 'cart.price')",
        "undefined is not an object (evaluating 'cart.owner')",
    ),
    ("Cannot read properties of null (reading 'net')", "Cannot read properties of undefined (reading 'net')"),
    ("allowed values (price)", "allowed values (owner)"),
    ("cart.total is not a function", "cart.weigh is not a function"),
    ("price is not defined", "owner is not defined"),
    ("Undefined variable $price", "Undefined variable $owner"),
    ('Undefined array key "price"', 'Undefined array key "owner"'),
    ("Undefined property: stdClass::$price", "Undefined property: stdClass::$owner"),
    ("Call to undefined method App\\Cart::total()", "Call to undefined method App\\Cart::weigh()"),
    ('Class "App\\Cart" not found', 'Class "App\\Order" not found'),
    ("Call to a member function total() on null", "Call to a member function weigh() on null"),
    ("undefined method `price' for nil:NilClass", "undefined method `owner' for nil:NilClass"),
    (
        "undefined local variable or method 'price' for main",
        "undefined local variable or method 'owner' for main",
    ),
    ("uninitialized constant Cart", "uninitialized constant Order"),
    (
        "total() missing 1 required positional argument: 'price'",
        "total() missing 1 required positional argument: 'owner'",
    ),
    (
        "total() got an unexpected keyword argument 'price'",
        "total() got an unexpected keyword argument 'owner'",
    ),
    (
        "unsupported operand type(s) for +: 'int' and 'str'",
        "unsupported operand type(s) for +: 'int' and 'NoneType'",
    ),
    ("'str' object is not callable", "'dict' object is not callable"),
    ("cannot import name 'Cart' from 'shop.models'", "cannot import name 'Order' from 'shop.models'"),
    (
        'Cannot invoke "Price.net()" because "price" is null',
        'Cannot invoke "Owner.name()" because "owner" is null',
    ),
    (
        "class java.lang.String cannot be cast to class java.lang.Integer",
        "class java.lang.String cannot be cast to class com.acme.Cart",
    ),
    (
        "No qualifying bean of type 'com.acme.Cart' available",
        "No qualifying bean of type 'com.acme.Order' available",
    ),
    (
        "Parameter specified as non-null is null: method com.acme.Cart.total, parameter price",
        "Parameter specified as non-null is null: method com.acme.Cart.total, parameter owner",
    ),
    ("lateinit property price has not been initialized", "lateinit property owner has not been initialized"),
    ("Value cannot be null. (Parameter 'price')", "Value cannot be null. (Parameter 'owner')"),
    (
        "Unable to cast object of type 'Cart' to type 'Order'.",
        "Unable to cast object of type 'Cart' to type 'Invoice'.",
    ),
    (
        "The given key 'price' was not present in the dictionary.",
        "The given key 'owner' was not present in the dictionary.",
    ),
    (
        "-[NSNull length]: unrecognized selector sent to instance 0x10",
        "-[NSNull count]: unrecognized selector sent to instance 0x10",
    ),
    ("missing field `price` at line 1", "missing field `owner` at line 1"),
    ("key :price not found in: %{}", "key :owner not found in: %{}"),
    ("Cannot find module './cart'", "Cannot find module './order'"),
    ("Module not found: Error: Can't resolve 'lodash'", "Module not found: Error: Can't resolve 'moment'"),
    ("template cart.html does not exist", "template order.html does not exist"),
    ("payment failed", "payment refused"),
    ("disk almost full", "disk almost empty"),
    ("worker started", "worker stopped"),
    ("cache hit", "cache miss"),
    ("GET failed", "POST failed"),
    ("timeout", "time's up"),
    ("Hydration failed", "Navigation failed"),
    ("заказ не найден", "заказ не оплачен"),
    ("env var SHOP_KEY is not set", "env var SHOP_URL is not set"),
    ("task shop.pay failed", "task shop.ship failed"),
)
