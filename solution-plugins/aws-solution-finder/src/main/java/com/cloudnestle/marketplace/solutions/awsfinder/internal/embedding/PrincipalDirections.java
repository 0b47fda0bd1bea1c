package com.cloudnestle.marketplace.solutions.awsfinder.internal.embedding;

import java.util.stream.IntStream;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** The eigenvectors of a symmetric matrix that belong to its largest eigenvalues, largest first. */
final class PrincipalDirections {

    static {
        // the library's own thread pool would outlive this bundle, and keep its class loader
        EjmlConcurrency.USE_CONCURRENT = false;
    }

    /** Directions with less than this share of the largest eigenvalue are rounding noise. */
    private static final double NOISE = 1e-9;

    private final double[] eigenvalues;
    private final DMatrixRMaj[] vectors;

    private PrincipalDirections(double[] eigenvalues, DMatrixRMaj[] vectors) {
        this.eigenvalues = eigenvalues;
        this.vectors = vectors;
    }

    static PrincipalDirections of(double[][] symmetric, int max) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(symmetric.length, true, true);
        if (!eigen.decompose(new DMatrixRMaj(symmetric))) {
            throw new IllegalStateException("the eigenvalues of the catalogue's similarity matrix did not converge");
        }
        int[] order = IntStream.range(0, eigen.getNumberOfEigenvalues()).boxed()
                .sorted((a, b) -> Double.compare(eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()))
                .mapToInt(Integer::intValue).toArray();
        double least = eigen.getEigenvalue(order[0]).getReal() * NOISE;
        int[] kept = IntStream.of(order).filter(i -> eigen.getEigenvalue(i).getReal() > least).limit(max).toArray();
        return new PrincipalDirections(
                IntStream.of(kept).mapToDouble(i -> eigen.getEigenvalue(i).getReal()).toArray(),
                IntStream.of(kept).mapToObj(eigen::getEigenVector).toArray(DMatrixRMaj[]::new));
    }

    int count() {
        return eigenvalues.length;
    }

    double eigenvalue(int direction) {
        return eigenvalues[direction];
    }

    double component(int direction, int row) {
        return vectors[direction].get(row);
    }
}
