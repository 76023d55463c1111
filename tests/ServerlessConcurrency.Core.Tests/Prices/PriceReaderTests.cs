using System.Text;
using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Core.Tests.Prices;

public sealed class PriceReaderTests
{
    [Fact]
    public void The_embedded_file_has_every_figure_with_unit_date_and_source()
    {
        Assert.Equal(PriceField.All, PriceList.Sources.Figures.Select(figure => figure.Field));
        Assert.All(PriceList.Sources.Figures, figure =>
        {
            Assert.True(figure.Value > 0, figure.Field.Name);
            Assert.NotNull(figure.Date);
            Assert.NotNull(figure.Checked);
            Assert.Contains(figure.Field.Unit.StartsWith("USD", StringComparison.Ordinal) ? "https://" : "docs/cost.md", figure.Source, StringComparison.Ordinal);
        });
        Assert.Equal(0.000026, PriceList.Embedded.Find(PriceField.FlexGigabyteSecond));
    }

    [Fact]
    public void Any_subset_may_be_given_as_numbers_or_with_their_source_and_replaces_what_it_names()
    {
        PriceFile file = Read(
            """
            { "$schema": "prices.schema.json", "region": "westeurope", "date": "2026-11-01", "source": "our contract",
              "prices": { "flexGigabyteSecond": 0.00003, "queueTransactions": { "value": 0, "unit": "USD per 10,000 requests" } } }
            """).File!;

        PriceList prices = PriceList.Embedded.With(file, "prices.json");

        Assert.Equal((0.00003, 0), (prices.Find(PriceField.FlexGigabyteSecond), prices.Find(PriceField.QueueTransactions)));
        Assert.Equal(PriceList.Embedded.Find(PriceField.BlobReads), prices.Find(PriceField.BlobReads));
        Assert.Equal(("westeurope", "2026-11-01", "our contract"), (prices.Override!.Region, prices.Override.Date, prices.Override.Source));
        Assert.Equal(["flexGigabyteSecond", "queueTransactions"], prices.Override.Fields);
        Assert.Equal("eastus", prices.Region);
    }

    [Fact]
    public void A_file_on_top_of_another_leaves_what_it_does_not_name_and_both_are_told()
    {
        PriceFile refreshed = Read("""{ "source": "Azure", "region": "westeurope", "prices": { "flexGigabyteSecond": 0.00003, "blobReads": 0.005 } }""").File!;
        PriceFile mine = Read("""{ "prices": { "blobReads": 0.001 } }""").File!;

        PriceList prices = PriceList.Embedded.With(refreshed, "prices.json").With(mine, "mine.json");
        PriceFile file = PriceList.Sources.With(refreshed, "prices.json").With(mine, "mine.json");

        Assert.Equal((0.00003, 0.001), (prices.Find(PriceField.FlexGigabyteSecond), prices.Find(PriceField.BlobReads)));
        Assert.Equal(("mine.json", "Azure"), (prices.Override!.Source, prices.Override.Earlier!.Source));
        Assert.Equal(PriceField.All, file.Figures.Select(figure => figure.Field));
        Assert.Equal(prices.Values, file.Figures.ToDictionary(figure => figure.Field.Name, figure => figure.Value!.Value));
        Assert.Equal(
            [("westeurope", "Azure"), (null, "mine.json")],
            new[] { PriceField.FlexGigabyteSecond, PriceField.BlobReads }
                .Select(field => file.Figures.Single(figure => figure.Field == field)).Select(figure => (figure.Region, figure.Source)));
    }

    [Fact]
    public void A_figure_that_is_null_is_not_known()
    {
        PriceFile file = Read("""{ "prices": { "durableQueueRequestsPerActivity": null } }""").File!;

        PriceList prices = PriceList.Embedded.With(file, "mine.json");

        Assert.Null(prices.Find(PriceField.DurableQueuesPerActivity));
        Assert.Equal((null, "mine.json"), (prices.Override!.Region, prices.Override.Source));
    }

    [Fact]
    public void All_mistakes_are_found_at_once_each_with_its_field_and_bound()
    {
        string[] errors = [.. Read(
            """
            { "region": 7, "colour": "red",
              "prices": {
                "flexGigabyteSecond": 2, "flexMillionExecutions": "cheap", "premiumVcpuHour": -1, "lambdaGigabyteSecond": 1,
                "blobReads": { "unit": "USD per 10,000 requests" },
                "blobWrites": { "value": 1, "unit": "EUR", "checked": "yes", "by": "me" } } }
            """).Errors.Select(error => error.ToString())];

        string[][] expected =
        [
            ["colour", "unknown field; known: region, date, source, prices"],
            ["region", "7 is not a string"],
            ["prices.lambdaGigabyteSecond", "unknown field; known: flexGigabyteSecond, "],
            ["prices.flexGigabyteSecond", "2 is out of range; expected a number of 0 to 0.01"],
            ["prices.flexMillionExecutions", "\"cheap\" is not a number; expected a number of 0 to 1000"],
            ["prices.premiumVcpuHour", "-1 is out of range; expected a number of 0 to 100"],
            ["prices.blobWrites.by", "unknown field; known: value, unit"],
            ["prices.blobWrites.unit", "'EUR' is not what it is counted in; expected 'USD per 10,000 requests'"],
            ["prices.blobWrites.checked", "\"yes\" is neither true nor false"],
            ["prices.blobReads.value", "is missing"],
        ];
        Assert.Equal(expected.Length, errors.Length);
        foreach ((string[] parts, string error) in expected.Zip(errors))
        {
            Assert.StartsWith(parts[0] + ": ", error, StringComparison.Ordinal);
            Assert.Contains(parts[1], error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "is empty; expected a JSON object with the field 'prices'")]
    [InlineData("[]", "is not a JSON object; expected one with the field 'prices'")]
    [InlineData("{ \"prices\": ", "is not valid JSON at line 1")]
    [InlineData("{}", "prices: is missing or no object with a figure")]
    [InlineData("""{ "prices": {} }""", "prices: is missing or no object with a figure")]
    [InlineData("""{ "prices": 3 }""", "prices: is missing or no object with a figure")]
    public void What_is_no_price_file_says_so(string json, string message) =>
        Assert.StartsWith(message, Assert.Single(Read(json).Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_too_large_is_refused() => Assert.Equal(
        "has 65,537 bytes; a price file has at most 65,536", Assert.Single(Read(new string(' ', 65_537)).Errors).ToString());

    private static PriceFileResult Read(string json) => PriceReader.Read(Encoding.UTF8.GetBytes(json));
}
