using System.Text;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Tests.Prices;

public sealed class RetailPriceReaderTests
{
    private const string Date = "2026-11-27";

    private static JsonObject Sample => JsonNode.Parse(Repository.Read("tests", "Shared", "retail-prices.json"))!.AsObject();

    [Fact]
    public void Every_meter_is_mapped_once_in_the_unit_of_its_figure_and_a_free_tier_is_not_its_price()
    {
        RetailPriceResult result = Read(Sample);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Missing);
        Assert.Equal(
            [
                ("flexGigabyteSecond", 0.000031), ("flexMillionExecutions", 0.4), ("alwaysReadyBaselineGigabyteSecond", 0.000005),
                ("alwaysReadyGigabyteSecond", 0.000019), ("alwaysReadyMillionExecutions", 0.5), ("consumptionGigabyteSecond", 0.000017),
                ("consumptionMillionExecutions", 0.2), ("premiumVcpuHour", 0.19), ("premiumGibibyteHour", 0.0135), ("queueTransactions", 0.0045),
                ("tableTransactions", 0.0004), ("blobWrites", 0.06), ("blobReads", 0.005), ("schedulerMillionActions", 3_500),
            ],
            result.File!.Figures.Select(figure => (figure.Field.Name, figure.Value!.Value)));
        Assert.All(result.File.Figures, figure => Assert.Equal(("westeurope", Date, true), (figure.Region, figure.Date, figure.Checked)));
    }

    [Fact]
    public void Every_price_has_a_meter_and_no_other_figure_has() => Assert.Equal(
        PriceField.All.Where(field => field.Unit.StartsWith("USD", StringComparison.Ordinal)), RetailMeter.All.Select(meter => meter.Field));

    [Fact]
    public void A_meter_that_is_not_there_is_missing_and_so_is_one_of_which_only_the_free_tier_is()
    {
        JsonObject sample = Sample;
        Remove(sample, "Premium vCPU Duration");
        Remove(sample, "On Demand Execution Time", tier: 100_000);

        RetailPriceResult result = Read(sample);

        Assert.Equal([PriceField.FlexGigabyteSecond, PriceField.PremiumVcpuHour], result.Missing.Select(meter => meter.Field));
        Assert.Equal(RetailMeter.All.Count - 2, result.File!.Figures.Count);
        Assert.Equal("Functions, Premium Functions, Premium, Premium vCPU Duration", result.Missing[1].ToString());
    }

    [Fact]
    public void Of_volume_discounts_the_first_price_is_taken_wherever_it_stands()
    {
        JsonObject sample = Sample;
        JsonNode discount = Item(sample, "Always Ready Baseline").DeepClone();
        (discount["tierMinimumUnits"], discount["retailPrice"]) = (1_000_000, 0.000001);
        sample["Items"]!.AsArray().Insert(0, discount);

        Assert.Equal(0.000005, Find(Read(sample), PriceField.AlwaysReadyBaselineGigabyteSecond));
    }

    [Fact]
    public void Of_several_regions_one_must_be_chosen()
    {
        JsonObject sample = Sample;
        Item(sample, "Always Ready Baseline")["armRegionName"] = "eastus";

        Assert.Equal("Items[].armRegionName: has eastus, westeurope; choose one with --region", Error(Read(sample)));
        Assert.Equal(0.000005, Find(Read(sample, "eastus"), PriceField.AlwaysReadyBaselineGigabyteSecond));
        Assert.Equal([PriceField.AlwaysReadyBaselineGigabyteSecond], Read(sample, "westeurope").Missing.Select(meter => meter.Field));
        Assert.StartsWith(
            "Items: none is a meter that costs are computed from in region 'moon'; expected e.g. serviceName 'Functions'", Error(Read(sample, "moon")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("currencyCode", "\"EUR\"", "'EUR' is not supported; costs are in US dollars: ask the API without currencyCode")]
    [InlineData("currencyCode", "null", "is missing")]
    [InlineData("armRegionName", "null", "is missing")]
    [InlineData("retailPrice", "null", "is missing")]
    [InlineData("retailPrice", "\"cheap\"", "\"cheap\" is not a number; expected a number of 0 to 1000000")]
    [InlineData("retailPrice", "-1", "-1 is out of range; expected a number of 0 to 1000000")]
    [InlineData("retailPrice", "2", "comes to 2 USD per GB-s, which is out of range; expected at most 0.01")]
    [InlineData("tierMinimumUnits", "\"none\"", "\"none\" is not a number; expected a number of 0 to ")]
    [InlineData("unitOfMeasure", "null", "is missing")]
    [InlineData("unitOfMeasure", "\"1 GB/Month\"", "'1 GB/Month' is not how Always Ready Baseline is counted; expected a number and 'GB Second', e.g. 1 GB Second")]
    [InlineData("unitOfMeasure", "\"0 GB Second\"", "'0 GB Second' is not how Always Ready Baseline is counted")]
    public void A_mistake_in_a_meter_is_named_with_its_field(string field, string value, string message)
    {
        JsonObject sample = Sample;
        JsonNode item = Item(sample, "Always Ready Baseline");
        item[field] = JsonNode.Parse(value);

        string path = $"Items[{sample["Items"]!.AsArray().IndexOf(item)}].{field}";
        Assert.StartsWith($"{path}: {message}", Error(Read(sample)), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_prices_for_one_meter_are_a_mistake()
    {
        JsonObject sample = Sample;
        JsonArray items = sample["Items"]!.AsArray();
        JsonNode other = Item(sample, "Always Ready Baseline").DeepClone();
        other["retailPrice"] = 0.000009;
        items.Add(other);

        Assert.Equal("Items[22].retailPrice: is another price for Always Ready Baseline than Items[4] has; leave in one", Error(Read(sample)));
        // The API names some meters twice.
        other["retailPrice"] = 0.000005;
        Assert.Equal(0.000005, Find(Read(sample), PriceField.AlwaysReadyBaselineGigabyteSecond));
    }

    [Theory]
    [InlineData("", "is empty; expected a JSON object with the field 'Items', as Azure's retail prices API answers")]
    [InlineData("{ \"Items\": [", "is not valid JSON at line 1")]
    [InlineData("[]", "is not a JSON object; expected one with the field 'Items'")]
    [InlineData("""{ "prices": { "flexGigabyteSecond": 1 } }""", "Items: is missing or no array; expected an answer of Azure's retail prices API")]
    [InlineData("""{ "Items": {} }""", "Items: is missing or no array")]
    [InlineData("""{ "Items": [ 3 ] }""", "Items[0]: is no object")]
    [InlineData("""{ "Items": [] }""", "Items: none is a meter that costs are computed from; expected e.g. serviceName 'Functions', meterName 'On Demand Execution Time'")]
    [InlineData("""{ "Items": [ { "serviceName": "Functions", "meterName": 7 } ] }""", "Items: none is a meter")]
    public void What_is_no_answer_of_the_API_says_so(string json, string message) =>
        Assert.StartsWith(message, Error(RetailPriceReader.Read(Encoding.UTF8.GetBytes(json), null, Date)), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_too_large_is_refused() => Assert.StartsWith(
        "has 1,048,577 bytes; at most 1,048,576 are read", Error(RetailPriceReader.Read(new byte[1_048_577], null, Date)), StringComparison.Ordinal);

    [Fact]
    public void What_was_read_is_written_as_a_price_file_that_says_the_same()
    {
        PriceFile found = Read(Sample).File!;

        string json = PriceWriter.Write(found).ToJsonString();

        Assert.Equal(found.Figures, PriceReader.Read(Encoding.UTF8.GetBytes(json)).File!.Figures);
        Assert.Contains("\"value\":0.000031,", json, StringComparison.Ordinal);
    }

    private static RetailPriceResult Read(JsonObject json, string? region = null) =>
        RetailPriceReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), region, Date);

    private static string Error(RetailPriceResult result)
    {
        Assert.Null(result.File);
        SpecError error = Assert.Single(result.Errors);
        return error.ToString();
    }

    private static double Find(RetailPriceResult result, PriceField field) =>
        result.File!.Figures.Single(figure => figure.Field == field).Value!.Value;

    private static JsonNode Item(JsonObject sample, string meter) =>
        sample["Items"]!.AsArray().First(item => (string)item!["meterName"]! == meter)!;

    private static void Remove(JsonObject sample, string meter, double tier = 0)
    {
        JsonArray items = sample["Items"]!.AsArray();
        items.Remove(items.First(item => (string)item!["meterName"]! == meter && (double)item["tierMinimumUnits"]! == tier));
    }
}
