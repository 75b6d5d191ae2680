"""Names of modules that are not the app's own, for languages whose paths do not show it.

Java, Kotlin, Scala and .NET name a class without its folder; Go's and Rust's standard libraries have paths
only where their source was at hand. Well-known frameworks are listed beside the standard libraries.
"""

import re
from collections.abc import Mapping

_JAVA = re.compile(
    r"""(?:
        java | javax | jdk | sun | com\.sun | oracle | jakarta | kotlin | kotlinx | scala | groovy | clojure
      | android | androidx | dalvik | libcore | com\.android | _COROUTINE
      | org\.(?: apache | springframework | hibernate | eclipse | jboss | wildfly | codehaus | junit
          | mockito | aspectj | slf4j | jetbrains | gradle | postgresql | mariadb | h2 | hsqldb | jooq
          | flywaydb | quartz | glassfish | thymeleaf | reactivestreams | opentest4j | testng | mongodb
          | elasticsearch | redisson | joda | yaml | json | w3c | xml | scalatest | typelevel | http4s
          | keycloak | graalvm | bouncycastle | objectweb | assertj | hamcrest | infinispan | ehcache
        )
      | io\.(?: netty | micrometer | micronaut | quarkus | vertx | undertow | reactivex | grpc | ktor
          | lettuce | opentelemetry | opentracing | sentry | jsonwebtoken | smallrye | dropwizard
          | prometheus | helidon | projectreactor | r2dbc | swagger | kotest | mockk | circe | javalin
          | github\.resilience4j
        )
      | com\.(?: fasterxml | zaxxer | mysql | rabbitmq | mongodb | datastax | amazonaws | squareup
          | google\.(?:common|gson|inject|protobuf|android|firebase|api|cloud|auth) | jakewharton | vaadin
          | typesafe | twitter\.(?:finagle|util) | hazelcast | intellij | bugsnag | rollbar
          | netflix\.(?:hystrix|zuul|ribbon|discovery|graphql) | linecorp\.armeria | microsoft\.sqlserver
          | github\.(?:benmanes|tomakehurst|mustachejava) | couchbase
        )
      | software\.amazon | ch\.qos | net\.(?:bytebuddy|sf|logstash|jodah) | reactor | okhttp3 | okio
      | retrofit2 | feign | rx | graphql | liquibase | redis\.clients | junit | akka | cats | zio | monix
      | sbt | doobie | play\.(?:api|core|mvc|libs) | worker\.org\.gradle
    )\.
    # What is made at run time, in front of the app's own classes.
    | .*(?:\$\$(?:EnhancerBy|FastClassBy|SpringCGLIB|Proxy) | \$Proxy\d )
    """,
    re.VERBOSE,
)

_DOTNET = re.compile(
    r"""(?:
        System | Microsoft | Mono | MS | Windows | Interop | FSharp | UnityEngine | UnityEditor | Newtonsoft
      | Npgsql | MySql | MySqlConnector | Dapper | Serilog | NLog | log4net | Autofac | AutoMapper | MediatR
      | FluentValidation | Polly | Grpc | Azure | Amazon | RabbitMQ | StackExchange | MassTransit | Hangfire
      | Quartz | NUnit | Xunit | Castle | Moq | NSubstitute | Sentry | OpenTelemetry | MongoDB | Swashbuckle
      | NHibernate | Confluent | IdentityServer4 | Duende | RestSharp | Refit | GraphQL | HotChocolate
      | Orleans | Akka | Avalonia | Xamarin | Bugsnag | Rollbar | Mindscape | Elastic\.Apm
    )(?:\.|$) | \(wrapper | <PrivateImplementationDetails>
    """,
    re.VERBOSE,
)

# The standard library's modules have no dot in their first part; what comes from elsewhere has.
_GO = re.compile(
    r"""(?:
        archive | bufio | builtin | bytes | cmp | compress | container | context | crypto | database | debug
      | embed | encoding | errors | expvar | flag | fmt | go | hash | html | image | index | internal | io
      | iter | log | maps | math | mime | net | os | path | plugin | reflect | regexp | runtime | slices
      | sort | strconv | strings | structs | sync | syscall | testing | text | time | unicode | unique
      | unsafe | vendor | weak | _cgo\w*
    )(?:/|$) | golang\.org/(?:x|toolchain)/ | .*@v\d
    """,
    re.VERBOSE,
)

# A path such as "core::iter::Iterator::sum", "<alloc::vec::Vec<T> as …>::index" or "<i64 as core::…>::sum".
_RUST = re.compile(
    r"""
        <* (?:&(?:mut\ )? | \*(?:const|mut)\ | dyn\ | \[)* (?:
            std | core | alloc | proc_macro | panic_unwind | backtrace | anyhow | eyre | color_eyre | __rustc
          | tokio | futures(?:_\w+)? | hyper(?:_util)? | actix(?:_\w+)? | axum | tower(?:_\w+)? | mio | warp
          | rayon(?:_core)? | serde(?:_\w+)? | sentry(?:_\w+)? | tracing(?:_\w+)? | rocket | async_std
          | crossbeam(?:_\w+)?
        )(?:\[[0-9a-f]+\])? ::
      | <(?:&(?:mut\ )?)?(?:\w+|\[\w+\]|\(\))\ as\ (?:std|core|alloc)(?:\[[0-9a-f]+\])?::
      | test::(?:run_test|__rust) | _*rust_ | __rust_ | _*libc_start | _start$ | main$ | start_thread$ | __GI_
      | clone3?$ | <unknown>$
    """,
    re.VERBOSE,
)

FOREIGN_MODULES: Mapping[str, re.Pattern[str]] = {
    "java": _JAVA,
    "csharp": _DOTNET,
    "go": _GO,
    "rust": _RUST,
}
"""By Sentry's name of the language: how the names of foreign modules (in Rust functions) start."""
