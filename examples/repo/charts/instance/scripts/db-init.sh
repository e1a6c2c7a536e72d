# Makes the instance's database ready; safe to run at each start. $db and $clone_from are set above.
export PGHOST="$HOST" PGPORT="$PORT" PGUSER="$USER" PGPASSWORD="$PASSWORD" PGCONNECT_TIMEOUT=5

say() { echo "db-init: $1"; }

# ask DATABASE SQL prints the one value that is answered. A query that fails ends the script: "can't tell" must never
# pass for "not there". SQL comes by stdin, since only there psql fills in :'db' and :"db".
ask() { printf '%s\n' "$2" | psql -X -q -A -t -v ON_ERROR_STOP=1 -v db="$db" -v clone_from="$clone_from" -d "$1"; }

tries=1
until psql -X -q -d postgres -c 'SELECT 1' >/dev/null 2>&1; do
  if [ "$tries" -ge 30 ]; then say "PostgreSQL at $HOST:$PORT gave no answer in $tries tries"; break; fi
  tries=$((tries + 1))
  sleep 2
done

exists=$(ask postgres "SELECT count(*) FROM pg_database WHERE datname = :'db'")

if [ -n "$clone_from" ] && [ "$clone_from" != "$db" ]; then
  origin=$(ask postgres "SELECT count(*) FROM pg_database WHERE datname = :'clone_from'")
  if [ "$origin" = 1 ] && [ "$exists" = 0 ]; then
    say "the database $clone_from becomes $db"
    ask postgres 'ALTER DATABASE :"clone_from" RENAME TO :"db"'
    exists=1
  elif [ "$origin" = 1 ]; then
    say "both databases exist, $clone_from and $db: $db is used, and $clone_from is left to the operator"
  fi
fi

if [ "$exists" = 0 ]; then
  say "creating the database $db"
  ask postgres "CREATE DATABASE :\"db\" ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0"
fi

base=0
modules=$(ask "$db" "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename = 'ir_module_module'")
if [ "$modules" = 1 ]; then
  base=$(ask "$db" "SELECT count(*) FROM public.ir_module_module WHERE name = 'base' AND state = 'installed'")
fi

# On a restored database a second "-i base" breaks on foreign keys.
if [ "$base" = 0 ]; then
  say "installing the module base in $db"
  odoo -i base -d "$db" --stop-after-init --without-demo=all --no-http --workers=0 \
    --db_host="$HOST" --db_port="$PORT" --db_user="$USER" --db_password="$PASSWORD"
else
  say "the module base is installed in $db: nothing to do"
fi
