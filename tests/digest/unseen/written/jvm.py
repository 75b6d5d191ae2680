"""Java, Kotlin, Clojure, Groovy, Scala, and Android."""

# ruff: noqa: E501 (what machines write does not break)

from tests.digest.unseen.written.case import Case, chain, frames, payload, sentry

_SPRING = """
- java.lang.Thread | run | Thread.java | 840
- org.apache.tomcat.util.net.NioEndpoint$SocketProcessor | doRun | NioEndpoint.java | 1744
- org.springframework.web.servlet.FrameworkServlet | doPost | FrameworkServlet.java | 909
- jdk.internal.reflect.GeneratedMethodAccessor123 | invoke | |
- java.lang.reflect.Method | invoke | Method.java | 568
+ com.acme.shop.CartController | checkout | CartController.java | 58
+ com.acme.shop.CartService$$EnhancerBySpringCGLIB$$1a2b3c4d | total | <generated> |
- org.springframework.aop.framework.CglibAopProxy$DynamicAdvisedInterceptor | intercept | CglibAopProxy.java | 688
+ com.acme.shop.CartService$$FastClassBySpringCGLIB$$e7f80a1b | invoke | <generated> |
+ com.acme.shop.CartService | total | CartService.java | 42
+ com.acme.shop.CartService | lambda$total$3 | CartService.java | 44
"""

CASES = [
    Case(
        name="spring",
        body=sentry(
            "java",
            "NullPointerException",
            'Cannot invoke "Price.net()" because "price" is null',
            _SPRING,
            module="java.lang",
        ),
        same={
            "cglib enhancer": {"EnhancerBySpringCGLIB$$1a2b3c4d": "EnhancerBySpringCGLIB$$99ffee00"},
            "cglib fast class": {"FastClassBySpringCGLIB$$e7f80a1b": "FastClassBySpringCGLIB$$1"},
            "spring 6 cglib": {"CartService$$EnhancerBySpringCGLIB$$1a2b3c4d": "CartService$$SpringCGLIB$$0"},
            "lambda number": {"lambda$total$3": "lambda$total$7"},
            "accessor": {"GeneratedMethodAccessor123": "GeneratedMethodAccessor7"},
            "native accessor": {
                "jdk.internal.reflect.GeneratedMethodAccessor123": "jdk.internal.reflect.NativeMethodAccessorImpl"
            },
            "other container": {
                "org.apache.tomcat.util.net.NioEndpoint$SocketProcessor": "org.eclipse.jetty.io.FillInterest"
            },
            "new framework version": {"FrameworkServlet": "ServletFrame", "doPost": "service"},
        },
        other={
            "other method": {"lambda$total$3": "lambda$refund$3", "CartService.java": "CartService.java"},
            "other class": {"com.acme.shop.CartController": "com.acme.shop.AdminController"},
            "other type": {"NullPointerException": "IllegalStateException"},
            "other package": {"com.acme.shop.CartController": "com.acme.admin.CartController"},
        },
    ),
    Case(
        name="jdk proxy",
        body=sentry(
            "java",
            "org.acme.OrderException",
            "order 17 is closed",
            """
            - java.lang.Thread | run | Thread.java | 840
            + com.acme.shop.Main | main | Main.java | 9
            + com.sun.proxy.$Proxy12 | pay | |
            + com.acme.shop.Audit | around | Audit.java | 31
            + com.acme.shop.Billing | pay | Billing.java | 77
        """,
        ),
        same={
            "proxy number": {"$Proxy12": "$Proxy147"},
            "proxy of a module": {"com.sun.proxy.$Proxy12": "jdk.proxy2.$Proxy98"},
            "order": {"order 17": "order 4711"},
        },
        other={
            "other caller": {"com.acme.shop.Audit": "com.acme.shop.Retry"},
            "other place": {"com.acme.shop.Billing": "com.acme.shop.Refund"},
        },
    ),
    Case(
        name="hibernate",
        body=sentry(
            "java",
            "LazyInitializationException",
            "could not initialize proxy [com.acme.Order#17] - no Session",
            """
            + com.acme.shop.Main | main | Main.java | 9
            + com.acme.shop.Order$HibernateProxy$kXyZ12ab | getTotal | |
            - org.hibernate.proxy.AbstractLazyInitializer | initialize | AbstractLazyInitializer.java | 176
        """,
            module="org.hibernate",
        ),
        same={
            "proxy name": {"HibernateProxy$kXyZ12ab": "HibernateProxy$Qq09LmNo"},
            "entity id": {"Order#17": "Order#99321"},
        },
        other={
            "other entity": {"com.acme.shop.Order$HibernateProxy": "com.acme.shop.Customer$HibernateProxy"}
        },
    ),
    Case(
        name="javassist",
        body=sentry(
            "java",
            "IllegalStateException",
            "closed",
            """
            + com.acme.shop.Main | main | Main.java | 9
            + com.acme.shop.Order_$$_jvst6a1_3 | getTotal | Order_$$_jvst6a1_3.java |
            + com.acme.shop.Order$$_javassist_12 | getTotal | |
            + com.acme.shop.Order | getTotal | Order.java | 40
        """,
        ),
        same={
            "jvst": {"_jvst6a1_3": "_jvst9ff_0"},
            "javassist": {"_javassist_12": "_javassist_7"},
            "seam": {"$$_javassist_12": "_$$_javassist_seam_4"},
        },
        other={"other class": {"com.acme.shop.Main": "com.acme.shop.Nightly"}},
    ),
    Case(
        name="bytebuddy",
        body=sentry(
            "java",
            "IllegalStateException",
            "closed",
            """
            + com.acme.shop.Main | main | Main.java | 9
            + com.acme.shop.Order$ByteBuddy$aBcD1234 | getTotal | |
            + com.acme.shop.Gateway$MockitoMock$1834729384 | pay | |
            + com.acme.shop.Order$$Lambda$14/0x0000000800c8b040 | accept | |
            + com.acme.shop.Order$$EnhancerByCGLIB$$ab12cd34 | CGLIB$getTotal$0 | <generated> |
            + com.acme.shop.Order | sum | Order.java | 40
        """,
        ),
        same={
            "byte buddy": {"ByteBuddy$aBcD1234": "ByteBuddy$Zz00Yy11"},
            "mock": {"MockitoMock$1834729384": "MockitoMock$99"},
            "lambda class": {"$$Lambda$14/0x0000000800c8b040": "$$Lambda$211/0x00007f1c3c0c9a18"},
            "lambda class of java 21": {"$$Lambda$14/0x0000000800c8b040": "$$Lambda/0x00007f1c3c0c9a18"},
            "lambda class of java 8": {"$$Lambda$14/0x0000000800c8b040": "$$Lambda$3/1747585824"},
            "cglib": {
                "EnhancerByCGLIB$$ab12cd34": "EnhancerByCGLIB$$99",
                "CGLIB$getTotal$0": "CGLIB$getTotal$4",
            },
        },
        other={"other method": {"getTotal": "getVat"}},
    ),
    Case(
        name="chain",
        body=chain(
            "java",
            (
                "SQLException",
                "Connection refused: db-3.internal:5432",
                "+ com.acme.shop.Db | connect | Db.java | 12",
            ),
            (
                "RepositoryException",
                "cannot load order 17",
                "+ com.acme.shop.Main | main | Main.java | 9\n+ com.acme.shop.Orders | load | Orders.java | 30",
            ),
        ),
        same={"host": {"db-3.internal:5432": "db-12.internal:5433"}, "order": {"order 17": "order 3"}},
        other={
            "other cause": {"SQLException": "TimeoutException"},
            "other place of the cause": {"connect": "authenticate"},
        },
    ),
    Case(
        name="kotlin",
        body=sentry(
            "java",
            "IllegalArgumentException",
            "Parameter specified as non-null is null: parameter id",
            """
            - kotlinx.coroutines.scheduling.CoroutineScheduler$Worker | run | CoroutineScheduler.kt | 684
            - kotlin.coroutines.jvm.internal.BaseContinuationImpl | resumeWith | ContinuationImpl.kt | 33
            + com.acme.shop.CartViewModel$load$1 | invokeSuspend | CartViewModel.kt | 51
            + com.acme.shop.CartViewModel$load$1$items$2$1 | invoke | CartViewModel.kt | 53
            + com.acme.shop.CartRepository | fetch | CartRepository.kt | 20
            + com.acme.shop.CartRepository | fetch$lambda$4 | CartRepository.kt | 21
            + com.acme.shop.CartRepository | access$parse | CartRepository.kt | 8
        """,
        ),
        same={
            "lambda numbers": {"$load$1$items$2$1": "$load$1$items$3$2", "fetch$lambda$4": "fetch$lambda$0"},
            "coroutine number": {"load$1": "load$3"},
            "nested lambda": {"fetch$lambda$4": "fetch$lambda$12"},
        },
        other={
            "other lambda": {"fetch$lambda$4": "store$lambda$4"},
            "other view model": {"CartViewModel": "OrderViewModel"},
        },
    ),
    Case(
        name="clojure",
        body=sentry(
            "java",
            "clojure.lang.ExceptionInfo",
            "no order 17",
            """
            - clojure.lang.AFn | run | AFn.java | 22
            + shop.core$handler$fn__1234 | invoke | core.clj | 12
            + shop.core$eval5678$fn__5679 | doInvoke | core.clj | 15
            + shop.cart$total | invokeStatic | cart.clj | 30
            + shop.cart$total$reify__991 | pay | cart.clj | 33
        """,
        ),
        same={
            "fn": {"fn__1234": "fn__98"},
            "eval": {"eval5678$fn__5679": "eval12$fn__13"},
            "reify": {"reify__991": "reify__7"},
        },
        other={
            "other function": {"shop.cart$total$reify": "shop.cart$refund$reify"},
            "other namespace": {"shop.core$handler": "shop.admin$handler"},
        },
    ),
    Case(
        name="groovy",
        body=sentry(
            "java",
            "groovy.lang.MissingPropertyException",
            "No such property: price for class: Script1",
            """
            + Script1 | run | Script1.groovy | 4
            + com.acme.Rules$_apply_closure3 | doCall | Rules.groovy | 12
            - org.codehaus.groovy.runtime.callsite.PojoMetaMethodSite$PojoCachedMethodSiteNoUnwrapNoCoerce | invoke | PojoMetaMethodSite.java | 213
            + com.acme.Rules | weigh | Rules.groovy | 20
        """,
        ),
        same={"closure": {"_apply_closure3": "_apply_closure5"}, "script": {"Script1": "Script27"}},
        other={"other closure": {"_apply_closure3": "_check_closure3"}},
    ),
    Case(
        name="scala",
        body=sentry(
            "java",
            "scala.MatchError",
            "None (of class scala.None$)",
            """
            + com.acme.Cart$ | $anonfun$total$1 | Cart.scala | 12
            + com.acme.Cart$$anonfun$total$2$$anonfun$apply$3 | apply | Cart.scala | 14
            + com.acme.Cart | weigh | Cart.scala | 20
        """,
        ),
        same={
            "anonfun": {"$anonfun$total$1": "$anonfun$total$4"},
            "nested": {"$anonfun$total$2$$anonfun$apply$3": "$anonfun$total$5$$anonfun$apply$1"},
        },
        other={"other function": {"$anonfun$total$1": "$anonfun$refund$1"}},
    ),
    Case(
        name="android",
        body=chain(
            "java",
            (
                "NullPointerException",
                "Attempt to invoke virtual method 'int com.acme.Price.net()' on a null object reference",
                """
                + com.acme.shop.CartActivity | onCreate | CartActivity.java | 40
                + com.acme.shop.-$$Lambda$CartActivity$aB3xYz90QwErTy | onClick | Unknown Source | 2
                + com.acme.shop.CartActivity$$ExternalSyntheticLambda0 | run | D8$$SyntheticClass |
                + com.acme.shop.Cart | total | Cart.java | 12""",
            ),
            (
                "RuntimeException",
                "Unable to start activity ComponentInfo{com.acme.shop/com.acme.shop.CartActivity}",
                """
                - com.android.internal.os.ZygoteInit | main | ZygoteInit.java | 864
                - android.os.Handler | dispatchMessage | Handler.java | 106
                - android.app.ActivityThread | performLaunchActivity | ActivityThread.java | 3449""",
            ),
        ),
        same={
            "lambda hash": {"aB3xYz90QwErTy": "Zz11aaBBccDD22"},
            "synthetic lambda": {"ExternalSyntheticLambda0": "ExternalSyntheticLambda14"},
            "other android": {"performLaunchActivity": "handleLaunchActivity", "ZygoteInit": "RuntimeInit"},
        },
        other={
            "other cause": {"NullPointerException": "IllegalStateException"},
            "other place": {
                "Cart.java": "Basket.java",
                "com.acme.shop.CartActivity$$": "com.acme.shop.BasketActivity$$",
            },
        },
    ),
    Case(
        name="anr",
        body=payload(
            "java",
            exception={
                "values": [
                    {
                        "type": "ApplicationNotResponding",
                        "value": "ANR for at least 5000 ms.",
                        "thread_id": 2,
                        "mechanism": {"type": "ANR", "handled": False},
                        "stacktrace": {
                            "frames": frames("""
                - com.android.internal.os.ZygoteInit | main | ZygoteInit.java | 864
                + com.acme.shop.CartActivity | onClick | CartActivity.java | 40
                + com.acme.shop.Cart | save | Cart.java | 90
                - java.lang.Object | wait | Object.java | 442""")
                        },
                    }
                ]
            },
        ),
        same={"longer": {"5000 ms": "12034 ms"}, "thread": {"ZygoteInit.java": "ZygoteInit.kt"}},
        other={
            "other place": {
                "Cart.java": "Basket.java",
                "com.acme.shop.CartActivity": "com.acme.shop.BasketActivity",
            }
        },
    ),
    Case(
        name="java text",
        protocol="plain",
        body="""java.lang.IllegalStateException: order 17 is closed
\tat com.acme.shop.Billing.pay(Billing.java:77)
\tat com.acme.shop.Billing.lambda$all$2(Billing.java:60)
\tat com.acme.shop.Billing$$Lambda$88/0x0000000800d1.accept(Unknown Source)
\tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
\tat com.acme.shop.Main.main(Main.java:9)
Caused by: java.io.IOException: db-1 is gone
\tat com.acme.shop.Db.read(Db.java:5)
\t... 3 more
""",
        same={
            "lines": {":77)": ":81)", ":60)": ":64)", ":9)": ":12)"},
            "lambda": {
                "lambda$all$2": "lambda$all$5",
                "$$Lambda$88/0x0000000800d1": "$$Lambda$12/0x0000000811aa",
            },
            "other java": {
                "java.base/java.util.ArrayList.forEach(ArrayList.java:1511)": "java.util.ArrayList.forEach(ArrayList.java:1257)"
            },
            "order": {"order 17": "order 40001", "db-1": "db-7"},
        },
        other={
            "other place": {"Billing.pay": "Billing.refund"},
            "other caller": {"lambda$all$2": "lambda$some$2"},
            "other cause": {"java.io.IOException": "java.net.SocketException"},
            "other type": {"IllegalStateException": "IllegalArgumentException"},
        },
    ),
]
