using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace EOrda.Portal.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Names : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "PortalAmendments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Locality = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Changes = table.Column<string>(type: "character varying(200000)", maxLength: 200000, nullable: false),
                    From = table.Column<long>(type: "bigint", nullable: false),
                    AskedAt = table.Column<long>(type: "bigint", nullable: false),
                    AskedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PortalAmendments", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PortalKindergartens",
                columns: table => new
                {
                    Kindergarten = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Locality = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    NameKk = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    NameRu = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    NameEn = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    AddressKk = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    AddressRu = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    AddressEn = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Latitude = table.Column<double>(type: "double precision", nullable: true),
                    Longitude = table.Column<double>(type: "double precision", nullable: true),
                    Ownership = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PortalKindergartens", x => x.Kindergarten);
                });

            migrationBuilder.CreateTable(
                name: "PortalLocalities",
                columns: table => new
                {
                    Locality = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Letters = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    NameKk = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    NameRu = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    NameEn = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PortalLocalities", x => x.Locality);
                });

            migrationBuilder.CreateTable(
                name: "PortalNamesVersion",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PortalNamesVersion", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "PortalNamesVersion",
                columns: new[] { "Id", "Version" },
                values: new object[] { 1, 0L });

            migrationBuilder.CreateIndex(
                name: "IX_PortalAmendments_Locality_From",
                table: "PortalAmendments",
                columns: new[] { "Locality", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_PortalAmendments_State_From",
                table: "PortalAmendments",
                columns: new[] { "State", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_PortalKindergartens_Locality",
                table: "PortalKindergartens",
                column: "Locality");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PortalAmendments");

            migrationBuilder.DropTable(
                name: "PortalKindergartens");

            migrationBuilder.DropTable(
                name: "PortalLocalities");

            migrationBuilder.DropTable(
                name: "PortalNamesVersion");
        }
    }
}
