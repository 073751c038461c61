# syntax=docker/dockerfile:1
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
# Dependencies first: a change in the code does not fetch them again.
COPY pom.xml ./
RUN mvn -B -ntp -q dependency:go-offline
COPY .mvn .mvn
COPY bin bin
COPY conf conf
COPY deploy deploy
COPY webroot webroot
COPY src src
RUN mvn -B -ntp -q package -DskipTests \
 && mkdir -p /out/own \
 && cp -r target/sluice-*-archive/sluice-* /out/sluice \
 && mv /out/sluice/lib/sluice-*.jar /out/own/

FROM eclipse-temurin:25-jre-alpine
RUN adduser -S -u 10001 sluice && mkdir -p /opt/sluice/cache && chown sluice /opt/sluice/cache
WORKDIR /opt/sluice
# What changes seldom lies beneath what changes often: a new version is one small layer.
COPY --from=build /out/sluice/ ./
COPY --from=build /out/own/ lib/
USER 10001
# A run that ends leaves what it has learned of its classes; every container starts with it.
RUN PORT=0 SLUICE_CACHE=/opt/sluice/cache timeout 10 bin/sluice; \
  cd cache && for part in *.part.*; do mv "$part" "${part%.part.*}"; done
ENV HOST=0.0.0.0 PORT=8080 LOG_FORMAT=json SLUICE_CACHE=/opt/sluice/cache
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD wget -q -O /dev/null http://127.0.0.1:8080/health/ready || exit 1
ENTRYPOINT ["bin/sluice"]
