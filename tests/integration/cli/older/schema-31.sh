#!/bin/sh
# Makes what schema-31.sql holds, in the working folder, with the program of that version: ./schema-31.sh PROGRAM.
# The tables of the search are left out of the dump: they are made of the products.
set -e
B=$1
export BACKSTOCK_DATA_DIR=$PWD/data BACKSTOCK_WORKSPACE=$PWD/shop.backstock BACKSTOCK_USER=ada@example.com BACKSTOCK_PASSWORD="plum jam on toast"
$B init --name Ada --email ada@example.com
BACKSTOCK_NEW_PASSWORD="plum jam on toast" $B users add --name Bob --email bob@example.com --role Manager --keep-password
$B roles add "Stock keeper" --may view_products,edit_products
$B roles add Helper --may view_products
$B roles edit Helper --may view_products,export
$B roles delete Helper
$B users edit bob@example.com --name Robert --role "Stock keeper"
BACKSTOCK_NEW_PASSWORD="plum jam on toast" $B users add --name Eve --email eve@example.com --role Viewer
$B users deactivate eve@example.com
$B call settings.update "$($B call settings.get '{}' | sed 's/"currency": ""/"currency": "NZD"/')"
cat > first.csv <<'C'
sku,name,brand,category,stock,cost,store_price,tags,description,parent_sku,option1_name,option1_value,option2_name,option2_value
MUG-1,"Mug, blue",Clay & Co,Kitchen > Mugs,12,4.10,9.95,"sale, blue",<p>Holds 300 ml</p>,,,,,
SHIRT,Shirt,Loom,Apparel,,,,,,,,,,
SHIRT-RM,Shirt red M,Loom,Apparel,3,7.00,19.00,,,SHIRT,Colour,Red,Size,M
SHIRT-BM,Shirt blue M,Loom,Apparel,4,7.00,19.00,,,SHIRT,Colour,Blue,Size,M
CAP,Cap,Loom,Apparel,9,2.00,,,,,,,,
C
$B import first.csv --yes --json > first.json
cat > second.csv <<'C'
sku,stock,store_price
MUG-1,7,10.50
CAP,8,5.00
C
$B import second.csv --yes --json > second.json
$B products update MUG-1 name="Mug, dark blue"
$B products delete CAP
$B products restore CAP
$B products delete CAP
$B undo $(python3 -c "import json;print(json.load(open('second.json'))['batch'])") --yes --json > undo.json
$B batches --json > batches.json
BACKSTOCK_PASSWORD=wrong $B products list || true
$B verify-history
