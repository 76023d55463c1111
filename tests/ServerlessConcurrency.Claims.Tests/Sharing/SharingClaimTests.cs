using Azure.Storage.Queues.Models;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Sharing;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Connections;

namespace ServerlessConcurrency.Claims.Tests.Sharing;

public sealed class SharingClaimTests : ClaimTest
{
    private static readonly SharingClaim Corrupting = new(
        corrupts: true,
        PythonScript.Load("sharing").With("channel.send(message)", "channel.send(message[:-1] + bytes([message[-1] ^ 1]))"));

    [ClaimFact]
    public async Task Data_arrives_by_every_mechanism()
    {
        var claim = new SharingClaim();

        ClaimEvidence dotNet = await InDotNetAsync(claim);
        ClaimEvidence cPython = await InPythonAsync(claim);

        AssertVerdict(ClaimVerdict.Holds, dotNet);
        AssertVerdict(ClaimVerdict.Holds, cPython);
        Assert.Equal(3, dotNet.Criteria.Count);
        Assert.Contains(dotNet.Remarks, remark => remark.Contains("no storage account", StringComparison.Ordinal));
        Assert.Equal(OperatingSystem.IsWindows() ? 3 : 4, cPython.Criteria.Count);
        // Every mechanism has streams of both sizes.
        Assert.Equal(2 * dotNet.Criteria.Count, Streams(dotNet));
        Assert.Equal(2 * cPython.Criteria.Count, Streams(cPython));
    }

    [Trait("Category", "Measured")]
    [ClaimFact]
    public async Task With_a_bit_changed_on_the_way_it_does_not_hold()
    {
        AssertVerdict(ClaimVerdict.DoesNotHold, await InDotNetAsync(Corrupting));
        AssertVerdict(ClaimVerdict.DoesNotHold, await InPythonAsync(Corrupting));
    }

    [Trait("Category", "Measured")]
    [ClaimFact]
    public async Task A_message_in_memory_that_was_never_written_is_noticed()
    {
        PythonScript withoutWriting = PythonScript.Load("sharing")
            .With("        self.memory.buf[self.room(self.sent, len(message))] = message\n", "");

        ClaimEvidence evidence = await InPythonAsync(new SharingClaim(corrupts: false, withoutWriting));

        AssertVerdict(ClaimVerdict.DoesNotHold, evidence);
        Assert.Single(evidence.Criteria, criterion => criterion.Outcome == ClaimVerdict.DoesNotHold);
    }

    [ClaimFact]
    public async Task Storage_queues_carry_messages_and_are_gone_afterwards()
    {
        using var folder = new TemporaryFolder();
        await using StorageConnection connection = await StorageConnection.OpenAsync(
            StorageConnection.Auto, new StorageOptions { Prefix = "sharing" }, folder.Path, cancellationToken: Patience);
        ClaimContext withAccount = Context with { Account = connection.Account };

        ClaimEvidence sound = await new SharingClaim().MeasureDotNetAsync(withAccount, Patience);
        ClaimEvidence broken = await Corrupting.MeasureDotNetAsync(withAccount, Patience);

        AssertVerdict(ClaimVerdict.Holds, sound);
        Assert.Equal(SharingBlock.Queue, sound.Figures[^1].Name);
        Assert.Equal(QueueMailbox.LongestMessage, sound.Figures[^1].X);
        AssertVerdict(ClaimVerdict.DoesNotHold, broken);
        Assert.All(broken.Criteria, criterion => Assert.Equal(ClaimVerdict.DoesNotHold, criterion.Outcome));
        await foreach (QueueItem queue in connection.Account.Queues.GetQueuesAsync(cancellationToken: Patience))
            Assert.DoesNotContain("claim", queue.Name, StringComparison.Ordinal);
    }

    private static int Streams(ClaimEvidence evidence) =>
        evidence.Figures.Count(figure => figure.Chart.StartsWith("throughput of a stream", StringComparison.Ordinal));
}
