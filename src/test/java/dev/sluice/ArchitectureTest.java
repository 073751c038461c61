package dev.sluice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static void eachRoomImportsOnlyTheRoomsBelowIt(JavaClasses classes) {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.sluice..")
        .layer("main")
        .definedBy("dev.sluice")
        .layer("http")
        .definedBy("dev.sluice.http..")
        .layer("provider")
        .definedBy("dev.sluice.provider..")
        .optionalLayer("limiter")
        .definedBy("dev.sluice.limiter..")
        .layer("health")
        .definedBy("dev.sluice.health..")
        .layer("wire")
        .definedBy("dev.sluice.wire..")
        .layer("bus")
        .definedBy("dev.sluice.bus..")
        .layer("config")
        .definedBy("dev.sluice.config..")
        .layer("telemetry")
        .definedBy("dev.sluice.telemetry..")
        .layer("chat")
        .definedBy("dev.sluice.chat..")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("provider")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("limiter")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("health")
        .mayOnlyBeAccessedByLayers("main")
        .whereLayer("wire")
        .mayOnlyBeAccessedByLayers("main", "http", "provider")
        .whereLayer("bus")
        .mayOnlyBeAccessedByLayers("main", "http", "provider", "limiter", "health")
        .whereLayer("config")
        .mayOnlyBeAccessedByLayers("main", "http", "provider", "limiter", "health")
        .whereLayer("telemetry")
        .mayOnlyBeAccessedByLayers("main", "http", "provider", "limiter", "health")
        .check(classes);
  }

  @ArchTest
  static final ArchRule theDomainNeedsTheJdkAndNothingElse =
      classes()
          .that()
          .resideInAPackage("dev.sluice.chat..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.sluice.chat..", "java..", "org.jspecify.annotations..");

  @ArchTest
  static final ArchRule wiresAreFreeOfVertx =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..");

  @ArchTest
  static final ArchRule nobodyUsesWhatVertxKeepsToItself =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..impl..", "io.vertx.core.internal..");

  @ArchTest
  static final ArchRule connectionsAloneAreBuiltOnNetty =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sluice.http.connection..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..");

  @ArchTest
  static final ArchRule httpKnowsNoVendor =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.sluice.wire.openai..", "dev.sluice.wire.anthropic..");
}
