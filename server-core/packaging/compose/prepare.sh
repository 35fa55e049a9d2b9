#!/bin/sh
# Makes the secrets of compose.yaml, once: .env for the services, metrics-token for Prometheus. What is there stays.
set -eu
cd "$(dirname "$0")"
umask 077

if [ -e .env ]; then
  echo ".env is there already, and stays as it is."
  exit 0
fi

secret() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

metrics_token=$(secret)
# Prometheus reads it as a user of its own.
printf %s "$metrics_token" >metrics-token
chmod 644 metrics-token
cat >.env <<END
# The address players use; links and the administration go by it.
PUBLIC_URL=http://localhost:4000
# The port on this machine.
PORT=4000
JWT_SECRET=$(secret)
POSTGRES_PASSWORD=$(secret)
REDIS_PASSWORD=$(secret)
METRICS_TOKEN=$metrics_token
# Grafana's user is admin.
GRAFANA_PASSWORD=$(secret)
END
echo "Made .env and metrics-token. Keep them: without JWT_SECRET everybody has to log in again."
