package dev.sluice.http.identity;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.config.Cidr;
import dev.sluice.config.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A name in a header cannot be looked up, for nothing that could do it is within reach. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class NoLookupTest {

  @ArchTest
  static final ArchRule nothingHereCanResolveAName =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.http.identity..")
          .or()
          .belongToAnyOf(IpAddress.class, Cidr.class)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(InetAddress.class, InetSocketAddress.class)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..", "javax.naming..");
}
