# Gives the filestore to Odoo's user, whoever wrote the files. Only what is wrong is touched: a filestore can be large,
# and this runs at each start.
root=/var/lib/odoo
find "$root" \( ! -user 100 -o ! -group 101 \) -exec chown -h 100:101 {} +
find "$root" \( -type d ! -perm -770 -o -type f ! -perm -660 -o -type f -perm /111 ! -perm -770 \) -exec chmod u+rwX,g+rwX {} +
stat -c 'filestore-chown: %n belongs to %u:%g, mode %A' "$root"
